package io.yitong.hub.console;

import java.util.Locale;

/** Constants as the pages name them: {@code CRITICAL_HIGH} is {@code critical-high}. */
final class Codes {
  private Codes() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
