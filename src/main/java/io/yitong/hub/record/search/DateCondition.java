package io.yitong.hub.record.search;

import io.yitong.hub.record.index.DateRange;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.sql.Sql;
import java.time.Duration;
import java.time.Instant;

/**
 * Dates as ranges: what is stored spans [low, high), what is asked for too (FHIR R4, 3.1.1.4.5 and
 * 3.1.1.4.8 on prefixes). Where the indexed end follows from the condition it is said besides, so
 * that the index can be entered there.
 */
final class DateCondition {
  private DateCondition() {}

  static Sql ofColumns(Criterion criterion, String alias) {
    return Sql.of("(" + alias + ".date_high > '-infinity' and ")
        .add(anyOf(criterion, alias + ".date_low", alias + ".date_high"))
        .add(")");
  }

  static Sql ofIndex(SearchParameter parameter, Criterion criterion, String alias) {
    return Sql.of(
            "exists (select 1 from index_date i where i.rid = "
                + alias
                + ".rid and i.parameter = ? and ",
            parameter.code())
        .add(anyOf(criterion, "i.low", "i.high"))
        .add(")");
  }

  /** A column that holds one moment. */
  static Sql ofMoment(Criterion criterion, String column) {
    return anyOf(criterion, column, "(" + column + " + interval '1 microsecond')");
  }

  private static Sql anyOf(Criterion criterion, String low, String high) {
    return SearchPlan.anyOf(
        criterion.values().stream().map(value -> one(criterion, value, low, high)).toList());
  }

  private static Sql one(Criterion criterion, String value, String low, String high) {
    var prefixed = PrefixedValue.of(value);
    var asked =
        DateRange.parse(prefixed.value())
            .orElseThrow(() -> SearchPlan.invalid(criterion, value, "yyyy-mm-ddThh:mm:ss+zz:zz"));
    var from = asked.low();
    var to = asked.high();
    return switch (prefixed.prefix()) {
      case EQ -> within(low, high, from, to);
      case NE -> Sql.of("not ").add(within(low, high, from, to));
      case GT -> Sql.of("(HIGH > ?)".replace("HIGH", high), to);
      case LT -> Sql.of("(LOW < ?)".replace("LOW", low), from);
      case GE ->
          Sql.of("(HIGH > ? and (HIGH > ? or ".replace("HIGH", high), from, to)
              .add(within(low, high, from, to))
              .add("))");
      case LE ->
          Sql.of("(LOW < ? and (LOW < ? or ".replace("LOW", low), to, from)
              .add(within(low, high, from, to))
              .add("))");
      case SA ->
          Sql.of("(LOW >= ? and HIGH > ?)".replace("LOW", low).replace("HIGH", high), to, to);
      case EB -> Sql.of("(HIGH <= ?)".replace("HIGH", high), from);
      case AP -> {
        var slack = slack(asked);
        yield Sql.of(
            "(HIGH > ? and LOW < ?)".replace("LOW", low).replace("HIGH", high),
            from.minus(slack),
            to.plus(slack));
      }
    };
  }

  private static Sql within(String low, String high, Instant from, Instant to) {
    return Sql.of(
        "(HIGH > ? and LOW >= ? and HIGH <= ?)".replace("LOW", low).replace("HIGH", high),
        from,
        from,
        to);
  }

  /** A tenth of what was asked for on either side, at least a day's tenth. */
  private static Duration slack(DateRange asked) {
    var tenth = Duration.between(asked.low(), asked.high()).dividedBy(10);
    var least = Duration.ofHours(2).plusMinutes(24);
    return tenth.compareTo(least) > 0 ? tenth : least;
  }
}
