package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.search.SearchQuery;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** Whose data a request was about, for the audit. */
public final class PatientOf {
  private static final Set<String> BY_PATIENT = Set.of("patient", "subject");

  private PatientOf() {}

  public static Optional<String> search(SearchQuery query) {
    var focus = query.among().compartment();
    if (focus.isPresent() && focus.get().type() == ResourceType.Patient) {
      return focus.map(ResourceKey::id);
    }
    var ofPatients = query.among().types().equals(Set.of(ResourceType.Patient));
    return query.criteria().stream()
        .filter(
            criterion ->
                BY_PATIENT.contains(criterion.name())
                    || (ofPatients && criterion.name().equals("_id")))
        .filter(criterion -> criterion.values().size() == 1)
        .map(criterion -> criterion.values().get(0))
        .map(value -> value.startsWith("Patient/") ? value.substring(8) : value)
        .findFirst();
  }
}
