package io.yitong.hub.record.index;

import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import io.yitong.hub.fhir.FhirJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The search parameters of the specification for one type, as the model library has them from the
 * specification's definitions.
 *
 * @param compartmentNames by compartment, the parameters that make a resource part of one
 */
record SpecifiedParameters(
    Map<String, SearchParameter> simple,
    Map<String, CompositeDefinition> composites,
    Map<String, List<String>> compartmentNames) {
  /** Columns of every resource; searched by there. */
  private static final Set<String> COLUMNS = Set.of("_id", "_lastUpdated");

  static final String SOURCE = "_source";

  /** The third parts of two composites, which the library's definitions leave out. */
  private static final Map<String, String> THIRD_PARTS =
      Map.of("variant-start", "variant-end", "window-start", "window-end");

  private static final Map<RestSearchParameterTypeEnum, SearchParamType> KINDS =
      Map.of(
          RestSearchParameterTypeEnum.NUMBER, SearchParamType.NUMBER,
          RestSearchParameterTypeEnum.DATE, SearchParamType.DATE,
          RestSearchParameterTypeEnum.STRING, SearchParamType.STRING,
          RestSearchParameterTypeEnum.TOKEN, SearchParamType.TOKEN,
          RestSearchParameterTypeEnum.REFERENCE, SearchParamType.REFERENCE,
          RestSearchParameterTypeEnum.QUANTITY, SearchParamType.QUANTITY,
          RestSearchParameterTypeEnum.URI, SearchParamType.URI,
          RestSearchParameterTypeEnum.COMPOSITE, SearchParamType.COMPOSITE,
          RestSearchParameterTypeEnum.SPECIAL, SearchParamType.SPECIAL);

  private static final Map<String, ResourceType> TYPES =
      Arrays.stream(ResourceType.values())
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, type -> type));

  /** A composite whose parts are not looked up yet. */
  record CompositeDefinition(SearchParameter parameter, List<String> parts) {
    SearchParameter of(Map<String, SearchParameter> byName) {
      return parameter.with(
          Composite.of(
              parameter,
              parts.stream().map(name -> Objects.requireNonNull(byName.get(name), name)).toList(),
              byName.values()));
    }
  }

  static SpecifiedParameters of(ResourceType type) {
    var definition = FhirJson.context().getResourceDefinition(type.name());
    var simple = new TreeMap<String, SearchParameter>();
    var composites = new TreeMap<String, CompositeDefinition>();
    var compartments = new TreeMap<String, List<String>>();
    for (var declared : definition.getSearchParams()) {
      if (COLUMNS.contains(declared.getName())) {
        continue;
      }
      var parameter = parameter(type, declared);
      if (parameter.kind() == SearchParamType.COMPOSITE) {
        composites.put(parameter.name(), new CompositeDefinition(parameter, parts(type, declared)));
      } else {
        simple.put(parameter.name(), parameter);
      }
      if (declared.getProvidesMembershipInCompartments() != null) {
        for (var compartment : declared.getProvidesMembershipInCompartments()) {
          compartments.computeIfAbsent(compartment, c -> new ArrayList<>()).add(declared.getName());
        }
      }
    }
    simple.computeIfAbsent(
        SOURCE,
        name ->
            SearchParameter.of(
                type, name, SearchParamType.URI, path("Resource.meta.source"), Set.of()));
    return new SpecifiedParameters(simple, composites, compartments);
  }

  List<String> compartment(ResourceType of) {
    return compartmentNames.getOrDefault(of.name(), List.of());
  }

  private static SearchParameter parameter(ResourceType type, RuntimeSearchParam declared) {
    return SearchParameter.of(
        type,
        declared.getName(),
        Objects.requireNonNull(KINDS.get(declared.getParamType()), declared.getName()),
        path(declared.getPath()),
        declared.getTargets().stream()
            .map(TYPES::get)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static ElementPath path(String path) {
    return PathCompiler.compile(path)
        .orElseThrow(() -> new IllegalStateException("the path is not understood: " + path));
  }

  /** The names behind the last hyphen of the type: {@code …/Observation-code}. */
  private static List<String> parts(ResourceType type, RuntimeSearchParam declared) {
    var parts = new ArrayList<String>();
    for (var component : declared.getComponents()) {
      var reference = component.getReference();
      parts.add(reference.substring(reference.lastIndexOf('/') + type.name().length() + 2));
    }
    var third = THIRD_PARTS.get(parts.get(parts.size() - 1));
    if (third != null) {
      parts.add(third);
    }
    return parts;
  }
}
