package io.yitong.hub.record.search.plan;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
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
   * @param canonical in base units where the unit has them, as written otherwise
   * @param units condition on the units, a question mark for the array of one
   * @param base condition on the kind of unit, a question mark for it
   */
  record Columns(Ends canonical, Ends written, String units, String base) {
    static final Columns INDEX =
        new Columns(
            Ends.of("i.%s", false),
            Ends.of("i.%s", true),
            "i.units @> array[?::bigint]",
            "i.base = ?");
  }

  /**
   * From where to where a stored value goes, as SQL, infinite where it is open.
   *
   * @param withLow condition that it may be the low end itself
   * @param withHigh condition that it may be the high end itself
   */
  record Ends(String low, String high, String withLow, String withHigh) {
    /**
     * @param column where a column is found, a place left for its name
     * @param written not in base units
     */
    static Ends of(String column, boolean written) {
      var low = column.formatted("low");
      var high = column.formatted("high");
      var writtenLow = column.formatted("written_low");
      var open = "coalesce(" + column.formatted("open") + ", 0)";
      return new Ends(
          written ? "coalesce(" + writtenLow + ", " + low + ")" : low,
          written
              ? "coalesce(%s, %s, %s, %s)"
                  .formatted(column.formatted("written_high"), writtenLow, high, low)
              : "coalesce(" + high + ", " + low + ")",
          open + " <> " + OfQuantity.LOW,
          open + " <> " + OfQuantity.HIGH);
    }

    private Sql sql(String condition, BigDecimal... values) {
      return Sql.of(
          condition
              .replace("WITHLOW", withLow)
              .replace("WITHHIGH", withHigh)
              .replace("LOW", low)
              .replace("HIGH", high),
          (Object[]) values);
    }
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
      return compared(asked.prefix(), number, BigDecimal.ONE, columns.written());
    }
    if (parts.get(1).equals(NamingSystems.UCUM)) {
      var unit = CanonicalUnit.of(parts.get(2));
      if (unit.isPresent()) {
        return Sql.of("(" + columns.base() + " and ", Units.kind(unit.get()))
            .add(compared(asked.prefix(), number, unit.get().factor(), columns.canonical()))
            .add(")");
      }
    }
    var unit =
        parts.get(1).isEmpty()
            ? Units.bare(parts.get(2))
            : Units.withSystem(parts.get(1), parts.get(2));
    return Sql.of("(" + columns.units() + " and ", unit)
        .add(compared(asked.prefix(), number, BigDecimal.ONE, columns.written()))
        .add(")");
  }

  private static Sql compared(Prefix prefix, BigDecimal exact, BigDecimal factor, Ends ends) {
    var half = BigDecimal.ONE.movePointLeft(exact.scale()).divide(BigDecimal.valueOf(2));
    var value = exact.multiply(factor);
    var from = exact.subtract(half).multiply(factor);
    var to = exact.add(half).multiply(factor);
    return switch (prefix) {
      case EQ -> ends.sql("(HIGH >= ? and LOW >= ? and HIGH < ?)", from, from, to);
      case NE -> ends.sql("not (LOW >= ? and HIGH < ?)", from, to);
      case GT -> ends.sql("(HIGH > ?)", value);
      case LT -> ends.sql("(LOW < ?)", value);
      case GE -> ends.sql("(HIGH >= ? and (HIGH > ? or WITHHIGH))", value, value);
      case LE -> ends.sql("(LOW <= ? and (LOW < ? or WITHLOW))", value, value);
      case SA ->
          ends.sql("(HIGH > ? and LOW >= ? and (LOW > ? or not WITHLOW))", value, value, value);
      case EB -> ends.sql("(HIGH <= ? and (HIGH < ? or not WITHHIGH))", value, value);
      case AP -> {
        var slack = value.abs().movePointLeft(1);
        var least = value.subtract(slack);
        var most = value.add(slack);
        yield ends.sql(
            "(HIGH >= ? and (HIGH > ? or WITHHIGH) and LOW <= ? and (LOW < ? or WITHLOW))",
            least,
            least,
            most,
            most);
      }
    };
  }
}
