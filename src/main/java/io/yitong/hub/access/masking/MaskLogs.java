package io.yitong.hub.access.masking;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/** Every line of every log passes here (quarkus.log.*.filter); none is held back. */
@LoggingFilter(name = "masking")
public final class MaskLogs implements Filter {
  @Override
  public boolean isLoggable(LogRecord line) {
    var text = line instanceof ExtLogRecord known ? known.getFormattedMessage() : line.getMessage();
    if (text != null) {
      var masked = MaskText.mask(text);
      if (!masked.equals(text)) {
        set(line, masked);
      }
    }
    if (line.getThrown() != null) {
      line.setThrown(MaskedFailure.of(line.getThrown()));
    }
    return true;
  }

  private static void set(LogRecord line, String text) {
    if (line instanceof ExtLogRecord known) {
      known.setMessage(text, FormatStyle.NO_FORMAT);
    } else {
      line.setMessage(text);
    }
    line.setParameters(null);
  }
}
