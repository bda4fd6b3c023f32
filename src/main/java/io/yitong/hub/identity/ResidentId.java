package io.yitong.hub.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A resident identity card number that GB 11643-1999 allows: 18 characters, division, birth date
 * and check digit right.
 */
record ResidentId(String value) {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECK_DIGITS = "10X98765432";
  private static final Pattern EIGHTEEN = Pattern.compile("[0-9]{17}[0-9X]");
  private static final Pattern FIFTEEN = Pattern.compile("[0-9]{15}");

  /** First two digits of GB/T 2260; 83 is on the residence permits of Taiwan residents. */
  private static final Set<String> PROVINCES =
      Set.of(
          "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37",
          "41", "42", "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64",
          "65", "71", "81", "82", "83");

  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1850, 1, 1);

  /**
   * @param written as sent; blanks and a lower-case x are forgiven, 15 digits become 18
   * @param today no one is born later
   * @return empty when GB 11643 does not allow it
   */
  static Optional<ResidentId> read(String written, LocalDate today) {
    var compact = written.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
    var number =
        FIFTEEN.matcher(compact).matches()
            ? withCheckDigit(compact.substring(0, 6) + "19" + compact.substring(6))
            : compact;
    if (!EIGHTEEN.matcher(number).matches()
        || !PROVINCES.contains(number.substring(0, 2))
        || !number.equals(withCheckDigit(number.substring(0, 17)))) {
      return Optional.empty();
    }
    return birthDate(number)
        .filter(born -> !born.isAfter(today) && !born.isBefore(EARLIEST_BIRTH))
        .map(born -> new ResidentId(number));
  }

  LocalDate birthDate() {
    return birthDate(value).orElseThrow();
  }

  /** FHIR administrative gender code; the 17th digit is odd for men. */
  String gender() {
    return (value.charAt(16) - '0') % 2 == 1 ? "male" : "female";
  }

  private static String withCheckDigit(String seventeen) {
    var sum = 0;
    for (var i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (seventeen.charAt(i) - '0');
    }
    return seventeen + CHECK_DIGITS.charAt(sum % 11);
  }

  private static Optional<LocalDate> birthDate(String number) {
    try {
      return Optional.of(
          LocalDate.of(
              Integer.parseInt(number.substring(6, 10)),
              Integer.parseInt(number.substring(10, 12)),
              Integer.parseInt(number.substring(12, 14))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
