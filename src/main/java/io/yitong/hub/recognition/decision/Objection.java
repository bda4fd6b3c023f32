package io.yitong.hub.recognition.decision;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;

/** A reason with what it is about: dates, units. */
public record Objection(Reason reason, List<String> arguments) {
  public Objection {
    arguments = List.copyOf(arguments);
  }

  static Objection of(Reason reason, String... arguments) {
    return new Objection(reason, List.of(arguments));
  }

  public String chinese() {
    return new MessageFormat(reason.chinese(), Locale.ROOT).format(arguments.toArray());
  }

  public String english() {
    return new MessageFormat(reason.english(), Locale.ROOT).format(arguments.toArray());
  }
}
