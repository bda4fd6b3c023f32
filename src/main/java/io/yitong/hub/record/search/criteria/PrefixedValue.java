package io.yitong.hub.record.search.criteria;

import java.util.Locale;

/** A value of an ordered kind with its comparison, eq when none is written (FHIR R4, 3.1.1.4.5). */
public record PrefixedValue(Prefix prefix, String value) {
  /** How what is stored compares with what is asked. */
  public enum Prefix {
    EQ,
    NE,
    GT,
    LT,
    GE,
    LE,
    SA,
    EB,
    AP
  }

  public static PrefixedValue of(String text) {
    for (var prefix : Prefix.values()) {
      if (text.startsWith(prefix.name().toLowerCase(Locale.ROOT))) {
        return new PrefixedValue(prefix, text.substring(2));
      }
    }
    return new PrefixedValue(Prefix.EQ, text);
  }
}
