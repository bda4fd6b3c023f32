package io.yitong.hub.search;

import java.util.Set;

/** A value of an ordered type with its prefix, {@code eq} when none is written (3.1.1.4.5). */
record Prefix(String name, String value) {
  private static final Set<String> ALL =
      Set.of("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap");

  static Prefix of(String raw) {
    return raw.length() > 2 && ALL.contains(raw.substring(0, 2))
        ? new Prefix(raw.substring(0, 2), raw.substring(2))
        : new Prefix("eq", raw);
  }
}
