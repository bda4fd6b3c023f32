package io.yitong.hub.terminology;

import java.util.OptionalInt;

/** The form of a LOINC number: up to seven digits, a hyphen, a check digit (LOINC Users' Guide). */
final class Loinc {
  private Loinc() {}

  /** Empty when it is not of that form; otherwise the check digit its number should have. */
  static OptionalInt checkDigit(String code) {
    var hyphen = code.indexOf('-');
    if (hyphen < 1
        || hyphen > 7
        || hyphen != code.length() - 2
        || !digit(code.charAt(hyphen + 1))) {
      return OptionalInt.empty();
    }
    var sum = 0;
    for (var i = hyphen - 1; i >= 0; i--) {
      if (!digit(code.charAt(i))) {
        return OptionalInt.empty();
      }
      var value = code.charAt(i) - '0';
      var doubled = (hyphen - 1 - i) % 2 == 0 ? value * 2 : value;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return OptionalInt.of((10 - sum % 10) % 10);
  }

  static boolean valid(String code) {
    var expected = checkDigit(code);
    return expected.isPresent() && code.endsWith("-" + expected.getAsInt());
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
