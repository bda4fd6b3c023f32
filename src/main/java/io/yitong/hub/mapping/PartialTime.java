package io.yitong.hub.mapping;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Optional;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.InstantType;

/**
 * A point in time as precise as its sender wrote it: {@code YYYY[MM[DD[HH[MM[SS[.SSS]]]]]][±ZZZZ]}
 * (HL7 v2.5.1, 2.A.22), or with the usual separators ({@code 2026-03-01 07:30}).
 */
public final class PartialTime {
  /** How far the sender's writing goes; FHIR knows no time of day without minutes. */
  enum Precision {
    YEAR,
    MONTH,
    DAY,
    TIME
  }

  private final Precision precision;
  private final LocalDateTime local;
  private final ZoneOffset offset;

  PartialTime(Precision precision, LocalDateTime local, ZoneOffset offset) {
    this.precision = precision;
    this.local = local;
    this.offset = offset;
  }

  /**
   * @param zone where none is written
   * @return empty when this is no such time
   */
  public static Optional<PartialTime> parse(String text, ZoneId zone) {
    return new ScanPartialTime(text.trim()).read(zone);
  }

  public boolean hasTimeOfDay() {
    return precision == Precision.TIME;
  }

  /** Its beginning, when it is less precise. */
  public Instant instant() {
    return local.toInstant(offset);
  }

  /** No more precise than written; a time of day carries its offset. */
  public DateTimeType dateTime() {
    return new DateTimeType(hasTimeOfDay() ? timeText() : dateText());
  }

  /** The date as it stands in the sender's own zone. */
  public DateType date() {
    return new DateType(dateText());
  }

  /** Empty when it is not precise enough for an instant. */
  public Optional<InstantType> exact() {
    return hasTimeOfDay() ? Optional.of(new InstantType(timeText())) : Optional.empty();
  }

  private String dateText() {
    var out = padded(new StringBuilder(10), local.getYear(), 4);
    if (precision != Precision.YEAR) {
      padded(out.append('-'), local.getMonthValue(), 2);
      if (precision != Precision.MONTH) {
        padded(out.append('-'), local.getDayOfMonth(), 2);
      }
    }
    return out.toString();
  }

  private String timeText() {
    var out = new StringBuilder(29).append(dateText());
    padded(out.append('T'), local.getHour(), 2);
    padded(out.append(':'), local.getMinute(), 2);
    padded(out.append(':'), local.getSecond(), 2);
    var millis = local.get(ChronoField.MILLI_OF_SECOND);
    if (millis > 0) {
      padded(out.append('.'), millis, 3);
    }
    return out.append(offset.getTotalSeconds() == 0 ? "+00:00" : offset.getId()).toString();
  }

  private static StringBuilder padded(StringBuilder out, int number, int digits) {
    var text = Integer.toString(number);
    for (var i = text.length(); i < digits; i++) {
      out.append('0');
    }
    return out.append(text);
  }
}
