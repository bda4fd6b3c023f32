package io.yitong.hub.record.index;

import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import io.yitong.hub.fhir.FhirJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The search parameters of one resource type that this hub offers: those of the specification whose
 * path compiles. Made when first needed, once.
 *
 * @param byName in alphabetical order
 * @param refused names that the specification has and this hub does not offer
 * @param main the parameter whose dates stand in the resource's own row ({@code date} of an
 *     Observation); a patient's record is ordered by it
 * @param patient the parameters, most telling first, that say whose record a resource belongs to
 */
public record SearchParameters(
    ResourceType type,
    Map<String, SearchParameter> byName,
    Set<String> refused,
    Optional<SearchParameter> main,
    List<SearchParameter> patient) {

  /** Columns of every resource; searched by there. */
  private static final Set<String> COLUMNS = Set.of("_id", "_lastUpdated");

  private static final List<String> MAIN_DATES =
      List.of(
          "date",
          "authored",
          "authoredon",
          "authored-on",
          "collected",
          "recorded",
          "recorded-date",
          "created",
          "started",
          "effective",
          "period",
          "birthdate");

  private static final Map<RestSearchParameterTypeEnum, SearchParamType> KINDS =
      Map.of(
          RestSearchParameterTypeEnum.NUMBER, SearchParamType.NUMBER,
          RestSearchParameterTypeEnum.DATE, SearchParamType.DATE,
          RestSearchParameterTypeEnum.STRING, SearchParamType.STRING,
          RestSearchParameterTypeEnum.TOKEN, SearchParamType.TOKEN,
          RestSearchParameterTypeEnum.REFERENCE, SearchParamType.REFERENCE,
          RestSearchParameterTypeEnum.QUANTITY, SearchParamType.QUANTITY,
          RestSearchParameterTypeEnum.URI, SearchParamType.URI);

  private static final Map<String, ResourceType> TYPES =
      Arrays.stream(ResourceType.values())
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, type -> type));

  private static final Map<ResourceType, SearchParameters> COMPILED = new ConcurrentHashMap<>();

  public static SearchParameters of(ResourceType type) {
    return COMPILED.computeIfAbsent(type, SearchParameters::compile);
  }

  public Optional<SearchParameter> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static SearchParameters compile(ResourceType type) {
    var definition = FhirJson.context().getResourceDefinition(type.name());
    var byName = new TreeMap<String, SearchParameter>();
    var refused = new TreeSet<String>();
    for (var declared : definition.getSearchParams()) {
      if (COLUMNS.contains(declared.getName())) {
        continue;
      }
      var path = PathCompiler.compile(declared.getPath());
      var kind = KINDS.get(declared.getParamType());
      if (path.isPresent() && kind != null) {
        byName.put(
            declared.getName(),
            parameter(type, definition, declared.getName(), kind, path.get(), targets(declared)));
      } else {
        refused.add(declared.getName());
      }
    }
    byName.computeIfAbsent(
        "_source",
        name ->
            parameter(
                type,
                definition,
                name,
                SearchParamType.URI,
                PathCompiler.compile("Resource.meta.source").orElseThrow(),
                Set.of()));
    return new SearchParameters(
        type, Map.copyOf(byName), Set.copyOf(refused), main(byName), patient(definition, byName));
  }

  private static SearchParameter parameter(
      ResourceType type,
      RuntimeResourceDefinition definition,
      String name,
      SearchParamType kind,
      ElementPath path,
      Set<ResourceType> targets) {
    return SearchParameter.of(type, name, kind, path, targets, isSingle(definition, path));
  }

  /** Only a path of one step is looked into; longer ones count as many. */
  private static boolean isSingle(RuntimeResourceDefinition definition, ElementPath path) {
    var names = path.names();
    if (names.size() != 1 || names.get(0).size() != 1) {
      return false;
    }
    var child = definition.getChildByName(names.get(0).get(0));
    return child != null && child.getMax() == 1;
  }

  private static Set<ResourceType> targets(RuntimeSearchParam declared) {
    return declared.getTargets().stream()
        .map(TYPES::get)
        .filter(Objects::nonNull)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<SearchParameter> main(Map<String, SearchParameter> byName) {
    return MAIN_DATES.stream()
        .map(byName::get)
        .filter(Objects::nonNull)
        .filter(parameter -> parameter.kind() == SearchParamType.DATE)
        .findFirst();
  }

  private static List<SearchParameter> patient(
      RuntimeResourceDefinition definition, Map<String, SearchParameter> byName) {
    var ofCompartment =
        definition.getSearchParams().stream()
            .filter(
                declared ->
                    declared.getProvidesMembershipInCompartments() != null
                        && declared.getProvidesMembershipInCompartments().contains("Patient"))
            .map(RuntimeSearchParam::getName)
            .sorted();
    var found = new ArrayList<SearchParameter>();
    Stream.concat(Stream.of("patient", "subject"), ofCompartment)
        .distinct()
        .map(byName::get)
        .filter(Objects::nonNull)
        .filter(parameter -> parameter.kind() == SearchParamType.REFERENCE)
        .forEach(found::add);
    return List.copyOf(found);
  }
}
