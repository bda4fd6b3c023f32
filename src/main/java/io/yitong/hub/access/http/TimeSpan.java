package io.yitong.hub.access.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * The time a FHIR date or dateTime stands for, as precise as it is written.
 *
 * @param end first moment after
 */
record TimeSpan(Instant start, Instant end) {
  /** What a date without a zone is meant in. */
  private static final ZoneId REGION = ZoneId.of("Asia/Shanghai");

  /**
   * @throws io.yitong.hub.fhir.HubException SEARCH_VALUE_INVALID
   */
  static TimeSpan parse(String date) {
    try {
      return switch (date.length()) {
        case 4 -> days(LocalDate.of(Integer.parseInt(date), 1, 1), ChronoUnit.YEARS);
        case 7 -> days(YearMonth.parse(date).atDay(1), ChronoUnit.MONTHS);
        case 10 -> days(LocalDate.parse(date), ChronoUnit.DAYS);
        default -> moment(date);
      };
    } catch (DateTimeException | NumberFormatException e) {
      throw AuditParameters.invalid("date", date, "not a FHIR dateTime");
    }
  }

  private static TimeSpan days(LocalDate first, ChronoUnit unit) {
    return new TimeSpan(
        first.atStartOfDay(REGION).toInstant(),
        first.plus(1, unit).atStartOfDay(REGION).toInstant());
  }

  private static TimeSpan moment(String date) {
    var start = OffsetDateTime.parse(date).toInstant();
    var unit = date.indexOf('.') < 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
    return new TimeSpan(start, start.plus(1, unit));
  }
}
