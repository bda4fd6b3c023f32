package io.yitong.hub.record.search.plan;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import io.yitong.hub.record.search.criteria.PrefixedValue;
import io.yitong.hub.record.search.criteria.PrefixedValue.Prefix;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Dates as ranges: what is stored spans [low, high), what is asked for too (FHIR R4, 3.1.1.4.5 and
 * 3.1.1.4.8 on prefixes). Where the indexed end follows from the condition it is said besides, so
 * that the index can be entered there.
 */
final class DateCondition {
  private DateCondition() {}

  /**
   * @param high of the row the search is entered by, which may be an index table's
   */
  static Sql ofColumns(Valued criterion, String alias, String high) {
    return Sql.of("(" + high + " > '-infinity' and ")
        .add(anyOf(criterion, alias + ".date_low", high))
        .add(")");
  }

  static Sql ofIndex(Valued criterion, String alias, String end) {
    return Sql.of(
            "exists (select 1 from index_date i where i.rid = "
                + alias
                + ".rid and i.parameter = ? and ",
            criterion.parameter().code())
        .add(anyOf(criterion, "i.low", "i.high"))
        .add(end);
  }

  /** A column that holds one moment. */
  static Sql ofMoment(List<String> values, String column) {
    return Alternatives.of(
        values,
        value ->
            one(
                "_lastUpdated",
                value,
                Kind.NONE,
                column,
                "(" + column + " + interval '1 microsecond')"));
  }

  private static Sql anyOf(Valued criterion, String low, String high) {
    return Alternatives.of(criterion.values(), value -> one(criterion, value, low, high));
  }

  static Sql one(Valued criterion, String value, String low, String high) {
    return one(criterion.parameter().name(), value, criterion.modifier().kind(), low, high);
  }

  private static Sql one(String name, String value, Kind kind, String low, String high) {
    var asked = Values.date(name, value);
    return kind == Kind.OVERLAPS
        ? overlaps(asked.low(), asked.high(), low, high)
        : compared(PrefixedValue.of(value).prefix(), asked, low, high);
  }

  private static Sql compared(Prefix prefix, DateRange asked, String low, String high) {
    var from = asked.low();
    var to = asked.high();
    return switch (prefix) {
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
        yield overlaps(from.minus(slack), to.plus(slack), low, high);
      }
    };
  }

  private static Sql overlaps(Instant from, Instant to, String low, String high) {
    return Sql.of("(HIGH > ? and LOW < ?)".replace("LOW", low).replace("HIGH", high), from, to);
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
