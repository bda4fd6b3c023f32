package io.yitong.hub.record.search;

import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.Units;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.sql.Sql;
import java.math.BigDecimal;

/**
 * Numbers and quantities. A number asked for stands for all that round to it: 5.4 for [5.35, 5.45)
 * (FHIR R4, 3.1.1.4.7).
 */
final class QuantityCondition {
  private QuantityCondition() {}

  static Sql of(SearchParameter parameter, Criterion criterion, String alias) {
    return Sql.of(
            "exists (select 1 from index_quantity i where i.rid = "
                + alias
                + ".rid and i.parameter = ? and ",
            parameter.code())
        .add(
            SearchPlan.anyOf(
                criterion.values().stream().map(value -> one(criterion, value)).toList()))
        .add(")");
  }

  private static Sql one(Criterion criterion, String value) {
    var parts = KeyCondition.parts(value);
    var sql = number(criterion, PrefixedValue.of(parts.get(0)), value);
    if (parts.size() == 1) {
      return sql;
    }
    if (parts.size() != 3) {
      throw SearchPlan.invalid(criterion, value, "number|system|code");
    }
    if (parts.get(2).isEmpty()) {
      return sql;
    }
    var unit =
        parts.get(1).isEmpty()
            ? Units.bare(parts.get(2))
            : Units.withSystem(parts.get(1), parts.get(2));
    return Sql.of("(").add(sql).add(" and i.units @> ?)", (Object) new long[] {unit});
  }

  private static Sql number(Criterion criterion, PrefixedValue asked, String written) {
    var exact = decimal(criterion, asked.value(), written);
    var half = BigDecimal.ONE.movePointLeft(exact.scale()).divide(BigDecimal.valueOf(2));
    var value = exact.doubleValue();
    var from = exact.subtract(half).doubleValue();
    var to = exact.add(half).doubleValue();
    return switch (asked.prefix()) {
      case EQ -> Sql.of("(i.high >= ? and i.low >= ? and i.high < ?)", from, from, to);
      case NE -> Sql.of("not (i.low >= ? and i.high < ?)", from, to);
      case GT -> Sql.of("(i.high > ?)", value);
      case LT -> Sql.of("(i.low < ?)", value);
      case GE -> Sql.of("(i.high >= ?)", value);
      case LE -> Sql.of("(i.low <= ?)", value);
      case SA -> Sql.of("(i.high > ? and i.low > ?)", value, value);
      case EB -> Sql.of("(i.high < ?)", value);
      case AP -> {
        var slack = Math.abs(value) / 10;
        yield Sql.of("(i.high >= ? and i.low <= ?)", value - slack, value + slack);
      }
    };
  }

  private static BigDecimal decimal(Criterion criterion, String text, String written) {
    if (text.length() <= 40) {
      try {
        var number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) <= 320) {
          return number;
        }
      } catch (NumberFormatException e) {
        // answered below
      }
    }
    throw SearchPlan.invalid(criterion, written, "-1.5e3");
  }
}
