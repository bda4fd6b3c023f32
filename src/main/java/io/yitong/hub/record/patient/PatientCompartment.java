package io.yitong.hub.record.patient;

import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Who is in a patient's compartment (FHIR R4, CompartmentDefinition/patient). A resource's row
 * names one patient, the first its parameters lead to, which is nearly always the only one; those
 * that may lead to a second (a participant, an asserter, a member) are asked for by their keys.
 */
final class PatientCompartment {
  /** By type, the hashes of the parameters that may lead to another patient than the row's. */
  private static final Map<ResourceType, long[]> SECOND =
      Arrays.stream(ResourceType.values())
          .collect(
              Collectors.toUnmodifiableMap(
                  type -> type, type -> second(type).mapToLong(SearchParameter::hash).toArray()));

  private PatientCompartment() {}

  /** The keys of {@code resource.keys} by which others than by their own row are found. */
  static long[] keys(String patientId, Collection<ResourceType> types) {
    var patient = Keys.self(ResourceType.Patient, patientId);
    return types.stream()
        .flatMapToLong(type -> Arrays.stream(SECOND.get(type)))
        .map(hash -> hash ^ patient)
        .toArray();
  }

  private static Stream<SearchParameter> second(ResourceType type) {
    var parameters = SearchParameters.of(type).patient();
    if (parameters.isEmpty() || !parameters.get(0).single()) {
      return parameters.stream();
    }
    List<List<String>> first = parameters.get(0).path().names();
    return parameters.stream().filter(parameter -> !parameter.path().names().equals(first));
  }
}
