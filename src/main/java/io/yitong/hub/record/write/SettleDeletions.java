package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.TransactionEntry.DeleteIf;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Conditional delete of all that meet the criterion, or of none (FHIR R4, 3.1.0.7.1). */
@ApplicationScoped
class SettleDeletions {
  private final FindMatches matches;
  private final int most;

  SettleDeletions(
      FindMatches matches, @ConfigProperty(name = "yitong.conditional-delete.most") int most) {
    this.matches = matches;
    this.most = most;
  }

  /**
   * The rows are locked, then looked for again: what another writer has changed meanwhile so that
   * the criterion no longer holds of it stays.
   *
   * @param among whose rows may be deleted, a condition on row {@code r}
   * @throws HubException MATCHES_TOO_MANY; MATCHES_NOT_ONE when If-Match names the version of one
   */
  Intent.DeleteAll settle(
      DeleteIf deletion, Sql among, WriteContext context, Connection connection) {
    var found = keys(deletion, among, context, connection);
    if (found.size() > most) {
      throw new HubException(
          ErrorCode.MATCHES_TOO_MANY,
          deletion.type().name(),
          deletion.type() + "?" + deletion.criterion(),
          most);
    }
    if (found.size() > 1 && deletion.expected().isPresent()) {
      throw new HubException(
          ErrorCode.MATCHES_NOT_ONE, "If-Match", deletion.type() + "?" + deletion.criterion());
    }
    if (!found.isEmpty()) {
      CurrentRow.lock(found, context.limits().findable(), connection);
      var ids = found.stream().map(ResourceKey::id).toArray(String[]::new);
      var locked = new Sql().add(among).add(" and r.fhir_id = any(?)", (Object) ids);
      found = keys(deletion, locked, context, connection);
    }
    return new Intent.DeleteAll(
        new ResourceKey(deletion.type(), UUID.randomUUID().toString()),
        found.stream().map(key -> new Intent.Delete(key, deletion.expected())).toList());
  }

  private TreeSet<ResourceKey> keys(
      DeleteIf deletion, Sql among, WriteContext context, Connection connection) {
    return matches
        .first(most + 1, deletion.type(), deletion.criterion(), among, context, connection)
        .stream()
        .map(StoredResource::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
