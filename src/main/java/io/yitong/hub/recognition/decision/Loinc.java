package io.yitong.hub.recognition.decision;

import java.util.Optional;

/** A LOINC code: up to seven digits, a hyphen and a check digit (modulus 10) that is right. */
public record Loinc(String code) implements Comparable<Loinc> {
  public Loinc {
    if (!wellFormed(code)) {
      throw new IllegalArgumentException("'" + code + "' is not a LOINC code");
    }
  }

  public static Optional<Loinc> parse(String code) {
    return wellFormed(code) ? Optional.of(new Loinc(code)) : Optional.empty();
  }

  private static boolean wellFormed(String code) {
    if (code == null || code.length() < 3 || code.length() > 9) {
      return false;
    }
    var hyphen = code.length() - 2;
    if (code.charAt(hyphen) != '-' || !digit(code.charAt(hyphen + 1))) {
      return false;
    }
    var sum = 0;
    for (var i = 0; i < hyphen; i++) {
      var c = code.charAt(i);
      if (!digit(c)) {
        return false;
      }
      var value = c - '0';
      // From the right, every other digit, beginning with the first, counts double.
      if ((hyphen - i) % 2 == 1) {
        value *= 2;
        value = value > 9 ? value - 9 : value;
      }
      sum += value;
    }
    return (10 - sum % 10) % 10 == code.charAt(hyphen + 1) - '0';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public int compareTo(Loinc other) {
    return code.compareTo(other.code);
  }

  @Override
  public String toString() {
    return code;
  }
}
