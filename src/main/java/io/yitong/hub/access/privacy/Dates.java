package io.yitong.hub.access.privacy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** FHIR dates made coarser, or moved: as texts, since their precision has to stay. */
final class Dates {
  private static final int YEAR = 4;
  private static final int MONTH = 7;
  private static final int DAY = 10;

  /** From this age on all are one class. */
  private static final int OLD = 90;

  private Dates() {}

  /**
   * @param date date, dateTime or instant
   */
  static Optional<String> year(String date) {
    return first(date).map(first -> date.substring(0, YEAR));
  }

  static Optional<String> month(String date) {
    return first(date).map(first -> date.substring(0, Math.min(MONTH, date.length())));
  }

  /**
   * @param band years in one
   * @param today by which age is reckoned
   */
  static Optional<String> birth(String date, int band, LocalDate today) {
    var oldest = today.getYear() - OLD;
    return first(date)
        .map(first -> Math.max(first.getYear(), oldest))
        .map(year -> String.format("%04d", year - Math.floorMod(year, band)));
  }

  /** A date without a day is moved from its first day and is without one again. */
  static Optional<String> shift(String date, int days) {
    return first(date)
        .map(
            first -> {
              var length = Math.min(DAY, date.length());
              return first.plusDays(days).toString().substring(0, length) + date.substring(length);
            });
  }

  private static Optional<LocalDate> first(String date) {
    try {
      return Optional.of(
          LocalDate.parse(
              switch (date.length()) {
                case YEAR -> date + "-01-01";
                case MONTH -> date + "-01";
                default -> date.substring(0, DAY);
              }));
    } catch (DateTimeException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }
}
