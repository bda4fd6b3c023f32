package io.yitong.hub.search;

import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Base;

/** URIs: exactly, or above and below in the hierarchy of a URL (3.1.1.4.13). */
final class Uris {
  private Uris() {}

  static boolean match(List<Base> values, String modifier, String raw) {
    var asked = Syntax.plain(raw);
    return values.stream()
        .map(Base::primitiveValue)
        .filter(Objects::nonNull)
        .anyMatch(
            held ->
                switch (modifier) {
                  case "" -> held.equals(asked);
                  case "below" -> isBelow(held, asked);
                  case "above" -> isBelow(asked, held);
                  default -> throw new IllegalArgumentException(modifier);
                });
  }

  /** Equal, or the beginning up to the end of a segment. */
  private static boolean isBelow(String lower, String upper) {
    return lower.equals(upper) || lower.startsWith(upper.endsWith("/") ? upper : upper + "/");
  }
}
