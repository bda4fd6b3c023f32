package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The rows of what Provenances of a write are about, as far as the write does not change them: a
 * Provenance belongs to the record that its targets belong to. No statement without a Provenance
 * that is about something written before.
 */
final class StoredTargets {
  private StoredTargets() {}

  static Map<ResourceKey, CurrentRow> of(Decided decided, Connection connection) {
    return of(decided.puts(), decided.changed(), connection);
  }

  static Map<ResourceKey, CurrentRow> of(Decided.Put only, Connection connection) {
    return of(List.of(only), List.of(only), connection);
  }

  private static Map<ResourceKey, CurrentRow> of(
      List<Decided.Put> puts, List<Decided.Put> changed, Connection connection) {
    var wanted = new TreeSet<ResourceKey>();
    for (var put : changed) {
      if (put.draft().key().type() == ResourceType.Provenance) {
        keys(put.draft().root()).forEach(wanted::add);
      }
    }
    if (wanted.isEmpty()) {
      return Map.of();
    }
    var rows = new HashMap<ResourceKey, CurrentRow>();
    for (var put : puts) {
      wanted.remove(put.draft().key());
      if (!put.changes()) {
        put.current().ifPresent(row -> rows.put(row.key(), row));
      }
    }
    if (!wanted.isEmpty()) {
      rows.putAll(CurrentRow.find(wanted, ReadFilter.everything(), connection));
    }
    return rows;
  }

  /** Of Provenance.target. */
  static Stream<ResourceKey> keys(Element provenance) {
    return provenance.children("target").stream()
        .flatMap(target -> target.value("reference").stream())
        .flatMap(literal -> ResourceKey.ofReference(literal).stream());
  }
}
