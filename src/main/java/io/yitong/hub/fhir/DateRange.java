package io.yitong.hub.fhir;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a date or time of any precision stands for: from {@code low} (included) to {@code high}
 * (excluded). A time without a zone is China's. A leap second is the second after 59.
 */
public record DateRange(Instant low, Instant high) {
  /** Before everything; the open start of a period. */
  public static final Instant START = Instant.parse("0001-01-01T00:00:00Z");

  /** After everything; the open end of a period. */
  public static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** A date, dateTime or instant of FHIR, or a prefix of one: year, month, day, minute, second. */
  public static Optional<DateRange> parse(String text) {
    try {
      return Optional.of(
          switch (text.length()) {
            case 4 -> days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1));
            case 7 ->
                days(YearMonth.parse(text).atDay(1), YearMonth.parse(text).plusMonths(1).atDay(1));
            case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
            default -> moment(text);
          });
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  public DateRange union(DateRange other) {
    return new DateRange(
        low.isBefore(other.low) ? low : other.low, high.isAfter(other.high) ? high : other.high);
  }

  private static DateRange days(LocalDate from, LocalDate to) {
    return new DateRange(from.atStartOfDay(ZONE).toInstant(), to.atStartOfDay(ZONE).toInstant());
  }

  private static DateRange moment(String text) {
    if (text.length() < 16 || text.charAt(10) != 'T') {
      throw new DateTimeParseException("no FHIR dateTime", text, 0);
    }
    var zoned = text.endsWith("Z") || text.indexOf('+', 16) > 0 || text.indexOf('-', 16) > 0;
    var leap = text.startsWith(":60", 16);
    var spoken = leap ? text.substring(0, 16) + ":59" + text.substring(19) : text;
    var start =
        zoned
            ? OffsetDateTime.parse(spoken).toInstant()
            : LocalDateTime.parse(spoken).atZone(ZONE).toInstant();
    var low = leap ? start.plusSeconds(1) : start;
    return new DateRange(low, low.plus(1, precision(text)));
  }

  private static ChronoUnit precision(String text) {
    if (text.length() == 16 || !(text.charAt(16) == ':')) {
      return ChronoUnit.MINUTES;
    }
    return text.length() > 19 && text.charAt(19) == '.' ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
  }
}
