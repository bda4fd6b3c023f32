package io.yitong.hub.record.write;

import io.yitong.hub.access.consent.SensitiveCategories;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.sql.KeyTable;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import java.sql.Connection;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Of which sensitive categories new versions are: by what they say themselves, by what they refer
 * to (a report by its results), and by what an earlier version said, since whoever sees the
 * resource sees its history.
 */
final class Sensitivity {
  /**
   * What tells of what it refers to; the references of others are looked at within a write only.
   */
  private static final Set<ResourceType> TELLING =
      EnumSet.of(
          ResourceType.ClinicalImpression,
          ResourceType.Composition,
          ResourceType.DiagnosticReport,
          ResourceType.DocumentManifest,
          ResourceType.DocumentReference,
          ResourceType.List,
          ResourceType.Provenance);

  /** Whom and where it is about tells nothing of what. */
  private static final Set<ResourceType> NOT_TOLD =
      EnumSet.of(
          ResourceType.Patient,
          ResourceType.Encounter,
          ResourceType.Organization,
          ResourceType.Practitioner,
          ResourceType.PractitionerRole,
          ResourceType.Location);

  private final Map<ResourceKey, Set<String>> categories = new HashMap<>();

  private Sensitivity() {}

  static Sensitivity of(List<Decided.Put> changed, Connection connection) {
    var all = new Sensitivity();
    for (var put : changed) {
      var own = SensitiveCategories.of(put.draft().root());
      put.current().ifPresent(row -> own.addAll(row.sensitive()));
      if (!own.isEmpty()) {
        all.categories.put(put.draft().key(), own);
      }
    }
    all.addStored(changed, connection);
    if (!all.categories.isEmpty()) {
      all.spread(changed);
    }
    return all;
  }

  Set<String> of(ResourceKey key) {
    return categories.getOrDefault(key, Set.of());
  }

  private void addStored(List<Decided.Put> changed, Connection connection) {
    var elsewhere = new TreeSet<ResourceKey>();
    changed.stream()
        .filter(put -> TELLING.contains(put.draft().key().type()))
        .flatMap(Sensitivity::told)
        .forEach(elsewhere::add);
    changed.forEach(put -> elsewhere.remove(put.draft().key()));
    if (!elsewhere.isEmpty()) {
      Sql.of("select r.type, r.fhir_id, r.sensitive from ")
          .add(KeyTable.of(elsewhere))
          .add(
              " k(type, id) join resource r on r.type = k.type and r.fhir_id = k.id"
                  + " where r.sensitive is not null")
          .query(
              connection,
              row ->
                  categories.put(
                      new ResourceKey(TypeCodes.type(row.getShort(1)), row.getString(2)),
                      new TreeSet<>(Arrays.asList((String[]) row.getArray(3).getArray()))));
    }
  }

  /** Through as many steps as there are: a document tells of a report that tells of a result. */
  private void spread(List<Decided.Put> changed) {
    var again = true;
    while (again) {
      again = false;
      for (var put : changed) {
        var inherited = new TreeSet<String>();
        told(put).forEach(key -> inherited.addAll(of(key)));
        again |=
            !inherited.isEmpty()
                && categories
                    .computeIfAbsent(put.draft().key(), key -> new TreeSet<>())
                    .addAll(inherited);
      }
    }
  }

  private static Stream<ResourceKey> told(Decided.Put put) {
    return NOT_TOLD.contains(put.draft().key().type())
        ? Stream.empty()
        : put.draft().references().stream()
            .flatMap(literal -> ResourceKey.ofReference(literal).stream())
            .filter(key -> !NOT_TOLD.contains(key.type()));
  }
}
