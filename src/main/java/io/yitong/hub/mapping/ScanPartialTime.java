package io.yitong.hub.mapping;

import io.yitong.hub.mapping.PartialTime.Precision;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads from left to right and says no at the first thing that cannot be. */
final class ScanPartialTime {
  private static final int[] LEAST = {1850, 1, 1, 0, 0, 0};
  private static final int[] MOST = {2199, 12, 31, 23, 59, 59};
  private static final String[] BEFORE = {"", "-/.年", "-/.月", "T 日", ":时", ":分"};

  private final String text;
  private int at;

  ScanPartialTime(String text) {
    this.text = text;
  }

  Optional<PartialTime> read(ZoneId zone) {
    var parts = LEAST.clone();
    var count = 0;
    while (count < parts.length && (count == 0 || another(BEFORE[count]))) {
      var part = digits(count == 0 ? 4 : 2);
      if (part < LEAST[count] || part > MOST[count]) {
        return Optional.empty();
      }
      parts[count++] = part;
    }
    if (count == 0 || parts[2] > YearMonth.of(parts[0], parts[1]).lengthOfMonth()) {
      return Optional.empty();
    }
    var precision =
        switch (count) {
          case 1 -> Precision.YEAR;
          case 2 -> Precision.MONTH;
          case 3 -> Precision.DAY;
          default -> Precision.TIME;
        };
    var nanos = milliseconds() * 1_000_000;
    var local = LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], nanos);
    skipPadding();
    return offset(local, zone).map(offset -> new PartialTime(precision, local, offset));
  }

  /** A separator that may stand here (skipped), or the digits of the compact form. */
  private boolean another(String separators) {
    if (at >= text.length()) {
      return false;
    }
    var c = text.charAt(at);
    if (separators.indexOf(c) < 0) {
      return digit(c);
    }
    // A minus may also begin the zone: 2026-0500 would be that, 2026-05 is a month.
    if (c == '-' && zoneFollows()) {
      return false;
    }
    at++;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at < text.length();
  }

  private boolean zoneFollows() {
    var following = 0;
    while (at + 1 + following < text.length() && digit(text.charAt(at + 1 + following))) {
      following++;
    }
    return following == 4 && at + 5 == text.length();
  }

  private int digits(int most) {
    var from = at;
    var number = 0;
    while (at < text.length() && at - from < most && digit(text.charAt(at))) {
      number = number * 10 + (text.charAt(at++) - '0');
    }
    return at == from || (most == 4 && at - from < 4) ? -1 : number;
  }

  private int milliseconds() {
    if (at >= text.length() || text.charAt(at) != '.') {
      return 0;
    }
    at++;
    var number = 0;
    var from = at;
    while (at < text.length() && digit(text.charAt(at))) {
      number = at - from < 3 ? number * 10 + (text.charAt(at) - '0') : number;
      at++;
    }
    for (var i = at - from; i < 3; i++) {
      number *= 10;
    }
    return number;
  }

  /** Some systems write more digits than the standard knows; nothing is meant by them. */
  private void skipPadding() {
    while (at < text.length() && (digit(text.charAt(at)) || "日秒 ".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
  }

  private Optional<ZoneOffset> offset(LocalDateTime local, ZoneId zone) {
    if (at == text.length()) {
      return Optional.of(zone.getRules().getOffset(local));
    }
    var sign = text.charAt(at++);
    if (sign == 'Z' && at == text.length()) {
      return Optional.of(ZoneOffset.UTC);
    }
    if (sign != '+' && sign != '-') {
      return Optional.empty();
    }
    var hours = digits(2);
    at += at < text.length() && text.charAt(at) == ':' ? 1 : 0;
    var minutes = at == text.length() ? 0 : digits(2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59 || at != text.length()) {
      return Optional.empty();
    }
    var seconds = Math.min((hours * 60 + minutes) * 60, 14 * 3600);
    return Optional.of(ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds));
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
