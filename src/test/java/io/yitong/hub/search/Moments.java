package io.yitong.hub.search;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;

/** Dates as spans of time, compared by the table of prefixes (3.1.1.4.5, 3.1.1.4.8). */
final class Moments {
  /** Where a date or time says no zone; the server's choice (3.1.1.4.8). */
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private Moments() {}

  /** From {@code low} to before {@code high}. */
  record Span(Instant low, Instant high) {
    boolean contains(Span other) {
      return !low.isAfter(other.low) && !high.isBefore(other.high);
    }

    boolean overlaps(Span other) {
      return low.isBefore(other.high) && high.isAfter(other.low);
    }

    Span union(Span other) {
      return new Span(
          low.isBefore(other.low) ? low : other.low, high.isAfter(other.high) ? high : other.high);
    }
  }

  static boolean match(List<Base> values, String raw, Approximation approximation) {
    var prefix = Prefix.of(raw);
    var asked = span(prefix.value()).orElseThrow(() -> new IllegalArgumentException(raw));
    return values.stream()
        .flatMap(Moments::spans)
        .anyMatch(held -> compare(prefix.name(), asked, held, approximation));
  }

  private static boolean compare(String prefix, Span asked, Span held, Approximation near) {
    return switch (prefix) {
      case "eq" -> asked.contains(held);
      case "ne" -> !asked.contains(held);
      case "gt" -> held.high().isAfter(asked.high());
      case "lt" -> held.low().isBefore(asked.low());
      case "ge" -> held.high().isAfter(asked.high()) || asked.contains(held);
      case "le" -> held.low().isBefore(asked.low()) || asked.contains(held);
      case "sa" -> !held.low().isBefore(asked.high());
      case "eb" -> !held.high().isAfter(asked.low());
      case "ap" -> near.around(asked).overlaps(held);
      default -> throw new IllegalArgumentException(prefix);
    };
  }

  /**
   * How far {@code ap} reaches is the server's choice: it must find what overlaps, and must not
   * find what is further away than a tenth of the time since then, its own length or a day.
   */
  enum Approximation {
    LEAST {
      @Override
      Span around(Span asked) {
        return asked;
      }
    },
    MOST {
      @Override
      Span around(Span asked) {
        var age = Duration.between(asked.low(), Instant.now()).abs().dividedBy(10);
        var own = Duration.between(asked.low(), asked.high());
        var slack = Stream.of(age, own, Duration.ofDays(1)).max(Duration::compareTo).orElseThrow();
        return new Span(asked.low().minus(slack), asked.high().plus(slack));
      }
    };

    abstract Span around(Span asked);
  }

  static Stream<Span> spans(Base value) {
    if (value instanceof BaseDateTimeType moment) {
      return Stream.ofNullable(moment.getValueAsString()).flatMap(text -> span(text).stream());
    }
    if (value instanceof Period period) {
      return Stream.of(period(period));
    }
    if (value instanceof Timing timing) {
      var events = timing.getEvent().stream().flatMap(Moments::spans);
      var bounds =
          timing.getRepeat().hasBoundsPeriod()
              ? Stream.of(period(timing.getRepeat().getBoundsPeriod()))
              : Stream.<Span>empty();
      // "only the outer limits matter"
      return Stream.concat(events, bounds).reduce(Span::union).stream();
    }
    return Stream.empty();
  }

  private static Span period(Period period) {
    var start = Optional.ofNullable(period.getStartElement().getValueAsString());
    var end = Optional.ofNullable(period.getEndElement().getValueAsString());
    return new Span(
        start.flatMap(Moments::span).map(Span::low).orElse(Instant.MIN),
        end.flatMap(Moments::span).map(Span::high).orElse(Instant.MAX));
  }

  static Optional<Span> span(String text) {
    return switch (text.length()) {
      case 4 -> Optional.of(days(LocalDate.parse(text + "-01-01"), ChronoUnit.YEARS));
      case 7 -> Optional.of(days(LocalDate.parse(text + "-01"), ChronoUnit.MONTHS));
      case 10 -> Optional.of(days(LocalDate.parse(text), ChronoUnit.DAYS));
      default -> Optional.of(time(text));
    };
  }

  private static Span days(LocalDate first, ChronoUnit unit) {
    return new Span(
        first.atStartOfDay(ZONE).toInstant(), first.plus(1, unit).atStartOfDay(ZONE).toInstant());
  }

  private static Span time(String text) {
    var zone = Math.max(text.indexOf('Z'), Math.max(text.indexOf('+'), text.indexOf('-', 11)));
    var local = zone < 0 ? text : text.substring(0, zone);
    var from =
        zone < 0
            ? LocalDateTime.parse(local).atZone(ZONE).toInstant()
            : OffsetDateTime.parse(text).toInstant();
    var unit =
        local.length() == 16
            ? ChronoUnit.MINUTES
            : local.indexOf('.') < 0 ? ChronoUnit.SECONDS : ChronoUnit.MILLIS;
    return new Span(from, from.plus(1, unit));
  }
}
