package io.yitong.hub.search;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;

/** Numbers and quantities (3.1.1.4.7, 3.1.1.4.11). */
final class Numbers {
  private static final String CURRENCY = "urn:iso:std:iso:4217";

  private Numbers() {}

  /** What a held value may be: a null end is open to infinity. */
  private record Interval(
      BigDecimal low, boolean withLow, BigDecimal high, boolean withHigh, Unit unit) {
    Interval times(BigDecimal factor) {
      return new Interval(
          low == null ? null : low.multiply(factor),
          withLow,
          high == null ? null : high.multiply(factor),
          withHigh,
          unit);
    }
  }

  private record Unit(String system, String code, String text) {}

  static boolean match(List<Base> values, String raw) {
    var parts = Syntax.split(raw, '|').stream().map(Syntax::plain).toList();
    var prefix = Prefix.of(parts.get(0));
    var asked = new BigDecimal(prefix.value());
    return values.stream()
        .flatMap(Numbers::interval)
        .anyMatch(
            held ->
                parts.size() == 1
                    ? compare(prefix.name(), asked, half(asked), held)
                    : match(prefix.name(), asked, parts.get(1), parts.get(2), held));
  }

  private static boolean match(
      String prefix, BigDecimal asked, String system, String code, Interval held) {
    if (system.isEmpty()) {
      return (code.equals(held.unit().code()) || code.equals(held.unit().text()))
          && compare(prefix, asked, half(asked), held);
    }
    var wanted = Canonical.of(system, code);
    var found = Canonical.of(held.unit().system(), held.unit().code());
    if (wanted.isPresent() && found.isPresent()) {
      var factor = wanted.get().factor();
      return wanted.get().unit().equals(found.get().unit())
          && compare(
              prefix,
              asked.multiply(factor),
              half(asked).multiply(factor),
              held.times(found.get().factor()));
    }
    return system.equals(held.unit().system())
        && code.equals(held.unit().code())
        && compare(prefix, asked, half(asked), held);
  }

  /** Half of the last digit written: 100 means [99.5, 100.5). */
  private static BigDecimal half(BigDecimal asked) {
    return new BigDecimal("0.5").movePointLeft(asked.scale());
  }

  private static boolean compare(String prefix, BigDecimal v, BigDecimal half, Interval held) {
    return switch (prefix) {
      case "eq" -> within(held, v.subtract(half), v.add(half));
      case "ne" -> !within(held, v.subtract(half), v.add(half));
      case "gt" -> reachesAbove(held, v, false);
      case "ge" -> reachesAbove(held, v, true);
      case "lt" -> reachesBelow(held, v, false);
      case "le" -> reachesBelow(held, v, true);
      case "sa" -> !reachesBelow(held, v, true);
      case "eb" -> !reachesAbove(held, v, true);
      case "ap" -> {
        var slack = v.abs().movePointLeft(1);
        yield reachesAbove(held, v.subtract(slack), true) && reachesBelow(held, v.add(slack), true);
      }
      default -> throw new IllegalArgumentException(prefix);
    };
  }

  private static boolean within(Interval held, BigDecimal from, BigDecimal to) {
    return held.low() != null
        && held.high() != null
        && held.low().compareTo(from) >= 0
        && held.high().compareTo(to) < 0;
  }

  private static boolean reachesAbove(Interval held, BigDecimal v, boolean including) {
    if (held.high() == null) {
      return true;
    }
    var order = held.high().compareTo(v);
    return order > 0 || (order == 0 && including && held.withHigh());
  }

  private static boolean reachesBelow(Interval held, BigDecimal v, boolean including) {
    if (held.low() == null) {
      return true;
    }
    var order = held.low().compareTo(v);
    return order < 0 || (order == 0 && including && held.withLow());
  }

  private static Stream<Interval> interval(Base value) {
    if (value instanceof Quantity quantity) {
      return quantity.hasValue() ? Stream.of(quantity(quantity)) : Stream.empty();
    }
    if (value instanceof Money money) {
      var unit = new Unit(CURRENCY, money.getCurrency(), null);
      return money.hasValue() ? Stream.of(point(money.getValue(), unit)) : Stream.empty();
    }
    if (value instanceof Range range) {
      var unit = unit(range.hasLow() ? range.getLow() : range.getHigh());
      return Stream.of(
          new Interval(range.getLow().getValue(), true, range.getHigh().getValue(), true, unit));
    }
    if (value instanceof DecimalType decimal) {
      return Stream.of(point(decimal.getValue(), new Unit(null, null, null)));
    }
    if (value instanceof IntegerType integer) {
      return Stream.of(point(BigDecimal.valueOf(integer.getValue()), new Unit(null, null, null)));
    }
    return Stream.empty();
  }

  private static Interval quantity(Quantity quantity) {
    var value = quantity.getValue();
    var unit = unit(quantity);
    return switch (quantity.hasComparator() ? quantity.getComparator().toCode() : "") {
      case "<" -> new Interval(null, false, value, false, unit);
      case "<=" -> new Interval(null, false, value, true, unit);
      case ">" -> new Interval(value, false, null, false, unit);
      case ">=" -> new Interval(value, true, null, false, unit);
      default -> point(value, unit);
    };
  }

  private static Interval point(BigDecimal value, Unit unit) {
    return new Interval(value, true, value, true, unit);
  }

  private static Unit unit(Quantity quantity) {
    return new Unit(quantity.getSystem(), quantity.getCode(), quantity.getUnit());
  }

  /** The least or the greatest number of a value, for sorting; empty when it has no end there. */
  static Optional<BigDecimal> end(Base value, boolean high) {
    return interval(value).flatMap(i -> Stream.ofNullable(high ? i.high() : i.low())).findFirst();
  }
}
