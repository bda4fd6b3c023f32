package io.yitong.hub.oversight;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.recognition.decision.RegionTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;

/**
 * From the beginning of one day to the end of another, as the region counts days.
 *
 * @param last included
 */
record MeasurePeriod(LocalDate first, LocalDate last) {
  /**
   * @param start a FHIR date: a day, or a month or year for its first day
   * @param end a day, or a month or year for its last day
   * @throws HubException PARAMETER_INVALID
   */
  static MeasurePeriod of(String start, String end) {
    var period = new MeasurePeriod(first("periodStart", start), last("periodEnd", end));
    if (period.last().isBefore(period.first())) {
      throw invalid("periodEnd", end + " < " + start);
    }
    return period;
  }

  Instant from() {
    return first.atStartOfDay(RegionTime.ZONE).toInstant();
  }

  /** Excluded. */
  Instant until() {
    return last.plusDays(1).atStartOfDay(RegionTime.ZONE).toInstant();
  }

  private static LocalDate first(String name, String written) {
    try {
      return switch (written.length()) {
        case 4 -> LocalDate.parse(written + "-01-01");
        case 7 -> YearMonth.parse(written).atDay(1);
        default -> LocalDate.parse(written);
      };
    } catch (DateTimeParseException e) {
      throw invalid(name, "'" + written + "' ≠ yyyy-MM-dd");
    }
  }

  private static LocalDate last(String name, String written) {
    var first = first(name, written);
    return switch (written.length()) {
      case 4 -> first.withDayOfYear(first.lengthOfYear());
      case 7 -> first.withDayOfMonth(first.lengthOfMonth());
      default -> first;
    };
  }

  private static HubException invalid(String name, String why) {
    return new HubException(ErrorCode.PARAMETER_INVALID, name, name, why);
  }
}
