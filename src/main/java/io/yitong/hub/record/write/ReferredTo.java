package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.sql.KeyTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the resources of a write refer to, all of which has to be there. */
final class ReferredTo {
  private ReferredTo() {}

  /** What the new versions refer to and this write does not write itself. */
  static TreeSet<ResourceKey> elsewhere(Decided decided) {
    var here = decided.puts().stream().map(put -> put.draft().key()).collect(Collectors.toSet());
    var elsewhere = new TreeSet<ResourceKey>();
    for (var put : decided.changed()) {
      if (!put.draft().byStep()) {
        put.draft().references().forEach(literal -> collect(literal, here, elsewhere));
      }
    }
    return elsewhere;
  }

  private static void collect(String literal, Set<ResourceKey> here, Set<ResourceKey> elsewhere) {
    if (literal.startsWith("urn:uuid:") || literal.startsWith("urn:oid:")) {
      throw unresolved(literal);
    }
    var key = ResourceKey.ofReference(literal);
    var isElsewhere = literal.startsWith("#") || literal.indexOf(':') > 0;
    if (key.isEmpty() && !isElsewhere) {
      throw unresolved(literal);
    }
    key.filter(named -> !here.contains(named)).ifPresent(elsewhere::add);
  }

  /**
   * Those that are not there, or not to be referred to in this context, to be read by {@link #key}.
   */
  static Sql missing(Collection<ResourceKey> keys, WriteContext context) {
    return Sql.of("select k.type, k.id from ")
        .add(KeyTable.of(keys))
        .add(
            """
             k(type, id) where not exists (
              select 1 from resource r
              where r.type = k.type and r.fhir_id = k.id and not r.deleted and\s
            """)
        .add(Visibility.of(context.limits().referable(), "r"))
        .add(")");
  }

  /** Few for one statement with others, which PostgreSQL is to plan once. */
  static boolean areFew(Collection<ResourceKey> keys) {
    return keys.size() <= Sql.FEW;
  }

  static ResourceKey key(ResultSet row) throws SQLException {
    return new ResourceKey(TypeCodes.type(row.getShort(1)), row.getString(2));
  }

  /**
   * @param missing what {@link #missing} found
   */
  static void refuse(List<ResourceKey> missing) {
    if (!missing.isEmpty()) {
      throw unresolved(missing.get(0).reference());
    }
  }

  private static HubException unresolved(String reference) {
    return new HubException(ErrorCode.REFERENCE_UNRESOLVED, "", reference);
  }
}
