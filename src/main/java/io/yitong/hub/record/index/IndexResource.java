package io.yitong.hub.record.index;

import io.yitong.hub.fhir.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/** Takes from a resource what it can be found by. */
public final class IndexResource {
  private IndexResource() {}

  public static IndexEntries of(Resource resource) {
    var parameters = SearchParameters.of(resource.getResourceType());
    var values = new ValueCollector();
    Optional<DateRange> main = Optional.empty();
    for (var parameter : parameters.byName().values()) {
      var found = parameter.path().of(resource);
      if (found.isEmpty()) {
        continue;
      }
      if (parameters.main().filter(parameter::equals).isPresent()) {
        main = ValueCollector.dates(found).reduce(DateRange::union);
      } else {
        values.add(parameter, found);
      }
    }
    return new IndexEntries(
        values.keys(),
        main,
        values.dates(),
        values.texts(),
        values.quantities(),
        patientOf(resource, parameters),
        categoriesOf(resource));
  }

  private static Optional<String> patientOf(Resource resource, SearchParameters parameters) {
    if (resource instanceof Patient) {
      return Optional.of(resource.getIdElement().getIdPart());
    }
    for (var parameter : parameters.patient()) {
      for (var value : parameter.path().of(resource)) {
        var patient = patientId(value);
        if (patient.isPresent()) {
          return patient;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> patientId(Base value) {
    if (!(value instanceof Reference reference)) {
      return Optional.empty();
    }
    return ResourceKey.ofReference(reference.getReference())
        .filter(key -> key.type() == ResourceType.Patient)
        .map(ResourceKey::id);
  }

  private static List<String> categoriesOf(Resource resource) {
    if (resource instanceof Observation observation) {
      return codes(observation.getCategory()).toList();
    }
    if (resource instanceof DiagnosticReport report) {
      return codes(report.getCategory())
          .flatMap(code -> code.equals("LAB") ? Stream.of(code, "laboratory") : Stream.of(code))
          .distinct()
          .toList();
    }
    return List.of();
  }

  private static Stream<String> codes(List<CodeableConcept> concepts) {
    var found = new ArrayList<String>(1);
    for (var concept : concepts) {
      for (Coding coding : concept.getCoding()) {
        if (coding.hasCode()) {
          found.add(coding.getCode());
        }
      }
    }
    return found.stream().distinct();
  }
}
