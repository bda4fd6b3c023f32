package io.yitong.hub.record.write;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.index.IndexEntries;
import io.yitong.hub.record.index.IndexResource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One new version, ready for its row.
 *
 * @param rid new, or that of the row it replaces
 * @param patient whose record it belongs to: what the resource says, else what it is about says
 * @param categories its own, or those of the results it is part of
 * @param sensitive categories that take consent to themselves
 * @param content the JSON to be stored
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record RowDraft(
    Decided.Put put,
    long rid,
    IndexEntries index,
    Optional<String> patient,
    Set<String> categories,
    Set<String> sensitive,
    byte[] content) {

  /** Categories of a result that are those of its parts too. */
  private static final Set<ResourceType> PARTS =
      Set.of(ResourceType.Specimen, ResourceType.ServiceRequest);

  /**
   * @param targets {@link StoredTargets}
   * @param rids gives numbers to new rows
   */
  static List<RowDraft> of(
      List<Decided.Put> changed,
      Map<ResourceKey, CurrentRow> targets,
      Sensitivity sensitivity,
      LongSupplier rids) {
    var indexed = new HashMap<ResourceKey, IndexEntries>();
    changed.forEach(
        put ->
            indexed.put(
                put.draft().key(),
                IndexResource.of(
                    put.draft().root(), put.draft().key().id(), put.draft().source())));
    var inherited = inheritedCategories(changed, indexed);
    var rows = new ArrayList<RowDraft>(changed.size());
    for (var put : changed) {
      var key = put.draft().key();
      var index = indexed.get(key);
      var categories = new TreeSet<>(index.categories());
      categories.addAll(inherited.getOrDefault(key, Set.of()));
      var patient = index.patientId();
      if (key.type() == ResourceType.Provenance) {
        var inheritedPatient = inherit(put.draft(), indexed, targets, categories);
        patient = patient.or(() -> inheritedPatient);
      }
      put.current().ifPresent(row -> keepInherited(key, row, categories));
      rows.add(
          new RowDraft(
              put,
              put.current().map(CurrentRow::rid).orElseGet(rids::getAsLong),
              index,
              patient,
              categories,
              sensitivity.of(key),
              put.draft().content(put.written().version(), put.written().lastUpdated())));
    }
    return rows;
  }

  private static void keepInherited(ResourceKey key, CurrentRow row, Set<String> categories) {
    if (PARTS.contains(key.type()) || key.type() == ResourceType.Provenance) {
      categories.addAll(row.categories());
    }
  }

  private static Map<ResourceKey, Set<String>> inheritedCategories(
      List<Decided.Put> changed, Map<ResourceKey, IndexEntries> indexed) {
    var inherited = new HashMap<ResourceKey, Set<String>>();
    for (var put : changed) {
      var categories = indexed.get(put.draft().key()).categories();
      if (!categories.isEmpty()) {
        for (var literal : put.draft().references()) {
          ResourceKey.ofReference(literal)
              .filter(part -> PARTS.contains(part.type()))
              .ifPresent(
                  part -> inherited.computeIfAbsent(part, p -> new TreeSet<>()).addAll(categories));
        }
      }
    }
    return inherited;
  }

  /**
   * @param categories to which those of the targets are added
   * @return the patient of all targets that are anyone's, when it is one
   */
  private static Optional<String> inherit(
      Draft provenance,
      Map<ResourceKey, IndexEntries> indexed,
      Map<ResourceKey, CurrentRow> stored,
      Set<String> categories) {
    var patients = new TreeSet<String>();
    StoredTargets.keys(provenance.root())
        .forEach(
            key -> {
              var here = indexed.get(key);
              var row = stored.get(key);
              if (here != null) {
                categories.addAll(here.categories());
                here.patientId().ifPresent(patients::add);
              } else if (row != null) {
                categories.addAll(row.categories());
                row.patient().ifPresent(patients::add);
              }
            });
    return patients.size() == 1 ? Optional.of(patients.first()) : Optional.empty();
  }

  ResourceKey key() {
    return put.draft().key();
  }

  boolean isNew() {
    return put.current().isEmpty();
  }

  Optional<String> owner(WriteContext context) {
    return isNew() ? WriteRules.owner(put.draft().key(), context) : put.current().get().owner();
  }

  /** Seconds since 1970, as to_timestamp takes them; minus infinity when there is no date. */
  double dateLow() {
    return dateLow(index);
  }

  double dateHigh() {
    return dateHigh(index);
  }

  static double dateLow(IndexEntries index) {
    return index.main().map(DateRange::low).map(RowDraft::seconds).orElse(NONE);
  }

  static double dateHigh(IndexEntries index) {
    return index.main().map(DateRange::high).map(RowDraft::seconds).orElse(NONE);
  }

  static final double NONE = Double.NEGATIVE_INFINITY;

  static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }
}
