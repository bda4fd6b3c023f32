package io.yitong.hub.api.answer;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The header Accept with its weights (RFC 9110, 12.5.1). */
final class Accept {
  private static final Pattern WEIGHT = Pattern.compile(";\\s*q\\s*=\\s*([0-9.]+)");
  private static final Set<String> ANY = Set.of("*/*", "application/*");

  private Accept() {}

  /**
   * The format of greatest weight; of equal ones that which is named rather than let through by a
   * star, then the first.
   */
  static Optional<Format> best(String header) {
    Optional<Format> best = Optional.empty();
    var most = 0.0;
    for (var range : header.split(",", -1)) {
      var named = Format.named(range);
      var format = named.isPresent() ? named : any(range);
      var weight = weight(range) + (named.isPresent() ? 0.0001 : 0);
      if (format.isPresent() && weight(range) > 0 && weight > most) {
        best = format;
        most = weight;
      }
    }
    return best;
  }

  private static Optional<Format> any(String range) {
    var semicolon = range.indexOf(';');
    var name = (semicolon < 0 ? range : range.substring(0, semicolon)).trim();
    return ANY.contains(name.toLowerCase(Locale.ROOT))
        ? Optional.of(Format.JSON)
        : Optional.empty();
  }

  private static double weight(String range) {
    var weight = WEIGHT.matcher(range);
    if (!weight.find()) {
      return 1;
    }
    try {
      return Double.parseDouble(weight.group(1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
