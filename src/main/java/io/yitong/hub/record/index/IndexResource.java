package io.yitong.hub.record.index;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.record.index.IndexEntries.OfGroup;
import io.yitong.hub.record.index.IndexEntries.OfPosition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/** Takes from a resource what it can be found by. */
public final class IndexResource {
  private IndexResource() {}

  /**
   * @param id under which it is stored
   * @param source what its meta.source will be where it says none itself; empty for none
   */
  public static IndexEntries of(Element resource, String id, String source) {
    var type = ResourceType.fromCode(resource.type());
    var parameters = SearchParameters.toIndex(type);
    var values = new ValueCollector();
    Optional<DateRange> main = Optional.empty();
    var groups = new ArrayList<OfGroup>();
    var positions = new ArrayList<OfPosition>();
    for (var parameter : parameters.indexed()) {
      if (parameter.kind() == SearchParamType.COMPOSITE) {
        groups.addAll(GroupEntries.of(parameter, resource));
        continue;
      }
      var said = parameter.path().of(resource);
      var found =
          said.isEmpty() && !source.isEmpty() && parameter.name().equals(SpecifiedParameters.SOURCE)
              ? List.of(Element.computed("uri", source))
              : said;
      if (found.isEmpty()) {
        continue;
      }
      if (parameter.kind() == SearchParamType.SPECIAL) {
        found.forEach(value -> position(value).ifPresent(positions::add));
      } else if (parameters.isMain(parameter)) {
        main = ValueCollector.dates(found).reduce(DateRange::union);
        if (main.isEmpty()) {
          values.addPresence(parameter, found);
        }
      } else {
        values.add(parameter, found);
      }
    }
    if (resource.child("contained").isPresent()) {
      values.add(Keys.CONTAINER);
    }
    var patients = patientsOf(resource, id, type, parameters);
    patients.stream().skip(1).forEach(patient -> values.add(Keys.inRecordOf(patient)));
    return new IndexEntries(
        values.keys(),
        main,
        values.dates(),
        values.texts(),
        values.quantities(),
        values.codes(),
        positions,
        groups,
        patients.stream().findFirst(),
        categoriesOf(resource, type));
  }

  private static Optional<OfPosition> position(Element value) {
    return value
        .value("latitude")
        .flatMap(
            latitude ->
                value
                    .value("longitude")
                    .map(
                        longitude ->
                            new OfPosition(
                                Double.parseDouble(latitude), Double.parseDouble(longitude))));
  }

  /** Ids of the patients in whose records it is, the first being the one its row names. */
  private static List<String> patientsOf(
      Element resource, String id, ResourceType type, SearchParameters parameters) {
    var patients = new LinkedHashSet<String>(4);
    if (type == ResourceType.Patient) {
      patients.add(id);
    }
    for (var parameter : parameters.patient()) {
      for (var value : parameter.path().of(resource)) {
        value
            .value("reference")
            .flatMap(ResourceKey::ofReference)
            .filter(key -> key.type() == ResourceType.Patient)
            .ifPresent(key -> patients.add(key.id()));
      }
    }
    return List.copyOf(patients);
  }

  private static List<String> categoriesOf(Element resource, ResourceType type) {
    return switch (type) {
      case Observation -> categories(resource).toList();
      case DiagnosticReport ->
          categories(resource)
              .flatMap(code -> code.equals("LAB") ? Stream.of(code, "laboratory") : Stream.of(code))
              .distinct()
              .toList();
      default -> List.of();
    };
  }

  private static Stream<String> categories(Element resource) {
    return resource.children("category").stream()
        .flatMap(concept -> concept.children("coding").stream())
        .flatMap(coding -> coding.value("code").stream())
        .distinct();
  }
}
