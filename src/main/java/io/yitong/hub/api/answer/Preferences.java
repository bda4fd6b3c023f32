package io.yitong.hub.api.answer;

import io.yitong.hub.record.search.SearchQuery.Handling;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The header Prefer (FHIR R4, 3.1.0.1.9; RFC 7240). A preference that is not understood is none.
 *
 * @param content what a write is to be answered with
 * @param lenient whether what is not understood in a search may be left aside
 */
public record Preferences(Optional<Return> content, boolean lenient) {
  public static final Preferences NONE = new Preferences(Optional.empty(), false);

  /** What a write is answered with. */
  public enum Return {
    MINIMAL("minimal"),
    REPRESENTATION("representation"),
    OPERATION_OUTCOME("OperationOutcome");

    private final String value;

    Return(String value) {
      this.value = value;
    }

    public String value() {
      return value;
    }
  }

  public Handling handling() {
    return lenient ? Handling.LENIENT : Handling.STRICT;
  }

  public static Preferences parse(List<String> headers) {
    Optional<Return> content = Optional.empty();
    var lenient = false;
    for (var header : headers) {
      for (var preference : header.split("[,;]", -1)) {
        var equals = preference.indexOf('=');
        if (equals < 0) {
          continue;
        }
        var value = preference.substring(equals + 1).trim().replace("\"", "");
        switch (preference.substring(0, equals).trim().toLowerCase(Locale.ROOT)) {
          case "return" -> content = content(value);
          case "handling" -> lenient = value.equalsIgnoreCase("lenient");
          default -> {}
        }
      }
    }
    return new Preferences(content, lenient);
  }

  /** In the answer to a Bundle resources are repeated only to who asks for it. */
  public Optional<Return> inBundle() {
    return content.or(() -> Optional.of(Return.MINIMAL));
  }

  private static Optional<Return> content(String value) {
    for (var each : Return.values()) {
      if (each.value.equalsIgnoreCase(value)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
