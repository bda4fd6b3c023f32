package io.yitong.hub.record.search.plan;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.record.index.Units;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.PrefixedValue;
import io.yitong.hub.record.search.criteria.PrefixedValue.Prefix;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.terminology.CanonicalUnit;
import java.math.BigDecimal;

/**
 * Numbers and quantities. A number asked for stands for all that round to it: 5.4 for [5.35, 5.45)
 * (FHIR R4, 3.1.1.4.7). A unit of UCUM is asked for in whatever unit of the same kind it was
 * written: both are compared in base units (3.1.1.4.11).
 */
final class QuantityCondition {
  private QuantityCondition() {}

  /**
   * The columns compared.
   *
   * @param low in base units where the unit has them, as written otherwise
   * @param writtenLow as written, where that differs
   * @param units condition on the units, a question mark for the array of one
   * @param base condition on the kind of unit, a question mark for it
   */
  record Columns(
      String low, String high, String writtenLow, String writtenHigh, String units, String base) {
    static final Columns INDEX =
        new Columns(
            "i.low",
            "i.high",
            "coalesce(i.written_low, i.low)",
            "coalesce(i.written_high, i.high)",
            "i.units @> array[?::bigint]",
            "i.base = ?");
  }

  static Sql of(Valued criterion, String alias, String end) {
    return Sql.of(
            "exists (select 1 from index_quantity i where i.rid = "
                + alias
                + ".rid and i.parameter = ? and ",
            criterion.parameter().code())
        .add(
            Alternatives.of(
                criterion.values(),
                value -> one(criterion.parameter().name(), value, Columns.INDEX)))
        .add(end);
  }

  static Sql one(String name, String value, Columns columns) {
    var parts = Values.parts(value);
    var asked = PrefixedValue.of(parts.get(0));
    var number = Values.number(name, asked.value(), value);
    if (parts.size() == 1 || parts.get(2).isEmpty()) {
      return compared(
          asked.prefix(), number, BigDecimal.ONE, columns.writtenLow(), columns.writtenHigh());
    }
    if (parts.get(1).equals(NamingSystems.UCUM)) {
      var unit = CanonicalUnit.of(parts.get(2));
      if (unit.isPresent()) {
        return Sql.of("(" + columns.base() + " and ", Units.kind(unit.get()))
            .add(
                compared(
                    asked.prefix(), number, unit.get().factor(), columns.low(), columns.high()))
            .add(")");
      }
    }
    var unit =
        parts.get(1).isEmpty()
            ? Units.bare(parts.get(2))
            : Units.withSystem(parts.get(1), parts.get(2));
    return Sql.of("(" + columns.units() + " and ", unit)
        .add(
            compared(
                asked.prefix(),
                number,
                BigDecimal.ONE,
                columns.writtenLow(),
                columns.writtenHigh()))
        .add(")");
  }

  private static Sql compared(
      Prefix prefix, BigDecimal exact, BigDecimal factor, String low, String high) {
    var half = BigDecimal.ONE.movePointLeft(exact.scale()).divide(BigDecimal.valueOf(2));
    var value = exact.multiply(factor).doubleValue();
    // The range holds the number itself, however many figures it has.
    var from = Math.min(exact.subtract(half).multiply(factor).doubleValue(), value);
    var to = Math.max(exact.add(half).multiply(factor).doubleValue(), Math.nextUp(value));
    return switch (prefix) {
      case EQ ->
          Sql.of(
              "(HIGH >= ? and LOW >= ? and HIGH < ?)".replace("LOW", low).replace("HIGH", high),
              from,
              from,
              to);
      case NE ->
          Sql.of("not (LOW >= ? and HIGH < ?)".replace("LOW", low).replace("HIGH", high), from, to);
      case GT -> Sql.of("(" + high + " > ?)", value);
      case LT -> Sql.of("(" + low + " < ?)", value);
      case GE -> Sql.of("(" + high + " >= ?)", value);
      case LE -> Sql.of("(" + low + " <= ?)", value);
      case SA ->
          Sql.of("(HIGH > ? and LOW > ?)".replace("LOW", low).replace("HIGH", high), value, value);
      case EB -> Sql.of("(" + high + " < ?)", value);
      case AP -> {
        var slack = Math.abs(value) / 10;
        yield Sql.of(
            "(HIGH >= ? and LOW <= ?)".replace("LOW", low).replace("HIGH", high),
            value - slack,
            value + slack);
      }
    };
  }
}
