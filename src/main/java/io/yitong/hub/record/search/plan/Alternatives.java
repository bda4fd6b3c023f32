package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.sql.Sql;
import java.util.List;
import java.util.function.Function;

/** Conditions joined. */
final class Alternatives {
  private Alternatives() {}

  static <T> Sql of(List<T> values, Function<T, Sql> condition) {
    return anyOf(values.stream().map(condition).toList());
  }

  static Sql anyOf(List<Sql> alternatives) {
    return joined(alternatives, " or ", "false");
  }

  static Sql allOf(List<Sql> conditions) {
    return joined(conditions, " and ", "true");
  }

  private static Sql joined(List<Sql> parts, String with, String none) {
    if (parts.isEmpty()) {
      return Sql.of(none);
    }
    if (parts.size() == 1) {
      return parts.get(0);
    }
    var sql = Sql.of("(");
    for (var i = 0; i < parts.size(); i++) {
      sql.add(i == 0 ? "" : with).add(parts.get(i));
    }
    return sql.add(")");
  }
}
