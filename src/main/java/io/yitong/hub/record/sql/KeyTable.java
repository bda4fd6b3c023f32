package io.yitong.hub.record.sql;

import io.yitong.hub.fhir.ResourceKey;
import java.util.Collection;
import java.util.List;

/** Keys of resources as a table of two columns, to be joined. */
public final class KeyTable {
  private KeyTable() {}

  /**
   * {@code (values …)} of a few; {@code unnest(…)} of more, handed over by subqueries: PostgreSQL
   * then cannot see how many there are, and keeps one plan for all numbers of them.
   */
  public static Sql of(Collection<ResourceKey> asked) {
    var keys = List.copyOf(asked);
    if (keys.size() > Sql.FEW) {
      return Sql.of(
          "unnest((select ?::smallint[]), (select ?::text[]))",
          types(keys),
          keys.stream().map(ResourceKey::id).toArray(String[]::new));
    }
    var sql = Sql.of("(values ");
    for (var i = 0; i < keys.size(); i++) {
      sql.add(
          i == 0 ? "(?::smallint, ?::text)" : ", (?, ?)",
          TypeCodes.of(keys.get(i).type()),
          keys.get(i).id());
    }
    return sql.add(")");
  }

  /** The numbers of their types, in order. */
  private static short[] types(List<ResourceKey> keys) {
    var types = new short[keys.size()];
    for (var i = 0; i < types.length; i++) {
      types[i] = TypeCodes.of(keys.get(i).type());
    }
    return types;
  }
}
