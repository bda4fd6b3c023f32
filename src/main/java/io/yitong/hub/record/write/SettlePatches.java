package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.TransactionEntry.Patch;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes a patch the update it amounts to. The row is locked before it is read, and until the
 * transaction ends, so that no change of another writer is lost.
 */
@ApplicationScoped
class SettlePatches {

  /** In the order of all locks on rows. */
  void lock(List<TransactionEntry> entries, WriteContext context, Connection connection) {
    var keys = new TreeSet<ResourceKey>();
    for (var entry : entries) {
      if (entry.request() instanceof Patch patch) {
        keys.add(patch.key());
      }
    }
    if (!keys.isEmpty()) {
      CurrentRow.lock(keys, context.limits().findable(), connection);
    }
  }

  /**
   * Judges whose the row is before anything is told of its content.
   *
   * @param patch of a row that is locked
   */
  Intent.Put settle(Patch patch, WriteContext context, Connection connection) {
    var key = patch.key();
    var row =
        Optional.ofNullable(
            CurrentRow.find(List.of(key), context.limits().findable(), connection).get(key));
    if (row.isEmpty()) {
      throw WriteRules.absent(key, context);
    }
    WriteRules.mayReplace(row.get(), false, context);
    if (row.get().deleted()) {
      throw new HubException(ErrorCode.RESOURCE_DELETED, "", key.reference());
    }
    WriteRules.expects(key, patch.expected(), row);
    var current = ReadResource.current(List.of(key), ReadFilter.everything(), connection).get(0);
    var changed = ResourceDraft.of(patch.change().of(current));
    return Intent.Put.of(key, changed, patch.expected());
  }
}
