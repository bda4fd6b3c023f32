package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.sql.Sql;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The projection by which access rules see who treats whom: an institution's Encounters of a
 * patient.
 */
final class CareRelations {
  /** An Encounter that did not take place makes no care relationship. */
  private static final Set<String> NEVER_HAPPENED = Set.of("cancelled", "entered-in-error");

  private CareRelations() {}

  static void keep(
      List<RowDraft> rows,
      List<Decided.Removal> removed,
      WriteContext context,
      Connection connection) {
    var changed =
        Stream.concat(
                rows.stream().filter(row -> !row.isNew()).map(RowDraft::key),
                removed.stream().map(removal -> removal.written().key()))
            .filter(key -> key.type() == ResourceType.Encounter)
            .map(ResourceKey::id)
            .toArray(String[]::new);
    if (changed.length > 0) {
      Sql.of("delete from care_relation where encounter = any(?)", (Object) changed)
          .update(connection);
    }
    var relations =
        rows.stream()
            .filter(row -> row.key().type() == ResourceType.Encounter)
            .filter(row -> row.patient().isPresent() && row.owner(context).isPresent())
            .filter(CareRelations::tookPlace)
            .toList();
    if (!relations.isEmpty()) {
      Sql.of(
              """
              insert into care_relation (patient, institution, encounter)
              select * from unnest(?::text[], ?::text[], ?::text[])\
              """,
              relations.stream().map(row -> row.patient().orElseThrow()).toArray(String[]::new),
              relations.stream()
                  .map(row -> row.owner(context).orElseThrow())
                  .toArray(String[]::new),
              relations.stream().map(row -> row.key().id()).toArray(String[]::new))
          .update(connection);
    }
  }

  private static boolean tookPlace(RowDraft row) {
    return !NEVER_HAPPENED.contains(row.put().draft().root().value("status").orElse(""));
  }
}
