package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.fhir.ReadFilter.Extent;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.sql.KeyTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.visibility.Visibility;
import io.yitong.hub.record.write.Written.Effect;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Holds a write to the parts of types that the scopes open: what is replaced or deleted has to lie
 * in them before, what is created or updated afterwards. No statement where the scopes open types
 * whole.
 */
final class WithinScopes {
  private final Decided decided;
  private final WriteContext context;

  WithinScopes(Decided decided, WriteContext context) {
    this.decided = decided;
    this.context = context;
  }

  /**
   * @throws HubException SCOPE_MISSING
   */
  void requireBefore(Connection connection) {
    // What would not change either: whoever may not update it is not told that it is the same.
    require(Permission.UPDATE, put(Effect.UPDATED, Effect.UNCHANGED, Effect.OUTDATED), connection);
    require(
        Permission.DELETE,
        decided.removals().stream()
            .map(Decided.Removal::written)
            .filter(written -> written.effect() == Effect.DELETED)
            .map(Written::key),
        connection);
  }

  /**
   * @throws HubException SCOPE_MISSING; the transaction has to be rolled back
   */
  void requireAfter(Connection connection) {
    require(Permission.CREATE, put(Effect.CREATED), connection);
    require(Permission.UPDATE, put(Effect.UPDATED), connection);
  }

  private Stream<ResourceKey> put(Effect... effects) {
    return decided.puts().stream()
        .filter(put -> !put.draft().byStep())
        .map(Decided.Put::written)
        .filter(written -> List.of(effects).contains(written.effect()))
        .map(Written::key);
  }

  private void require(Permission permission, Stream<ResourceKey> keys, Connection connection) {
    Map<ResourceType, List<Extent>> extents =
        context.limits().extents().getOrDefault(permission, Map.of());
    if (extents.isEmpty()) {
      return;
    }
    var bound = new TreeSet<ResourceKey>();
    keys.filter(key -> extents.containsKey(key.type())).forEach(bound::add);
    if (bound.isEmpty()) {
      return;
    }
    var open = new ReadFilter(new Everything(), ReadFilter.everything().types(), extents);
    Sql.of("select r.type, r.fhir_id from ")
        .add(KeyTable.of(bound))
        .add(" k(type, id) join resource r on r.type = k.type and r.fhir_id = k.id where ")
        .add(Visibility.of(open, "r"))
        .query(connection, ReferredTo::key)
        .forEach(bound::remove);
    if (!bound.isEmpty()) {
      throw new HubException(
          ErrorCode.SCOPE_MISSING,
          "",
          bound.first().type().name(),
          permission.name().toLowerCase(Locale.ROOT));
    }
  }
}
