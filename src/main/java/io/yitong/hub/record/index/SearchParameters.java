package io.yitong.hub.record.index;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The search parameters of one resource type that this hub offers: those of the specification, and
 * those defined at run time. Compiled when first needed; what is defined at run time replaces the
 * whole, so that no reader sees half of it.
 *
 * @param byName what can be asked for, in alphabetical order
 * @param indexed what is written to the indexes: those, and the ones that are still being built
 * @param main the parameter whose dates stand in the resource's own row ({@code date} of an
 *     Observation); a patient's record is ordered by it
 * @param patient the parameters, most telling first, that say whose record a resource belongs to
 * @param rebuilding what could be asked for before this release, and will be again when what is
 *     stored has been indexed by its rules
 * @param compartments by the compartment's type, the references that make a resource part of one
 */
public record SearchParameters(
    ResourceType type,
    Map<String, SearchParameter> byName,
    List<SearchParameter> indexed,
    Optional<SearchParameter> main,
    List<SearchParameter> patient,
    Set<String> rebuilding,
    Map<ResourceType, List<SearchParameter>> compartments) {

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

  /** Most telling first; the rest of the compartment's parameters follow in their order. */
  private static final List<String> PATIENT = List.of("patient", "subject");

  private static volatile Map<ResourceType, SearchParameters> compiled = Map.of();
  private static volatile List<Definition> defined = List.of();

  private static volatile Runnable beforeIndexing = () -> {};

  /**
   * Has something done before any resource is indexed, within the transaction that writes it: to
   * make sure that what is defined at run time is known here.
   */
  public static void beforeIndexing(Runnable check) {
    beforeIndexing = check;
  }

  /** For a resource about to be indexed. */
  static SearchParameters toIndex(ResourceType type) {
    beforeIndexing.run();
    return of(type);
  }

  /** What is defined at run time now; another list after each change. */
  public static List<Definition> defined() {
    return defined;
  }

  public static SearchParameters of(ResourceType type) {
    var known = compiled.get(type);
    return known == null ? compile(type) : known;
  }

  /**
   * Replaces all parameters defined at run time.
   *
   * @throws io.yitong.hub.fhir.HubException when one cannot be offered; nothing is replaced then
   */
  public static synchronized void define(Collection<Definition> definitions) {
    var types = definitions.stream().flatMap(definition -> definition.base().stream()).distinct();
    types.forEach(type -> make(type, definitions));
    defined = List.copyOf(definitions);
    compiled = Map.of();
  }

  private static synchronized SearchParameters compile(ResourceType type) {
    var known = compiled.get(type);
    if (known == null) {
      known = make(type, defined);
      var more = new EnumMap<ResourceType, SearchParameters>(ResourceType.class);
      more.putAll(compiled);
      more.put(type, known);
      compiled = more;
    }
    return known;
  }

  /** Whether its dates stand in the resource's own row. */
  public boolean isMain(SearchParameter parameter) {
    return main.isPresent() && main.get().name().equals(parameter.name());
  }

  public Optional<SearchParameter> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The references by which a resource of this type belongs to a compartment. */
  public List<SearchParameter> compartment(ResourceType of) {
    return compartments.getOrDefault(of, List.of());
  }

  /** Whether the parameter asks for no more and no less than the row's column patient. */
  public boolean standsForPatient(SearchParameter parameter) {
    return parameter.single()
        && parameter.isReference()
        && !patient.isEmpty()
        && parameter.path().names().equals(patient.get(0).path().names());
  }

  private static SearchParameters make(ResourceType type, Collection<Definition> definitions) {
    var specified = SpecifiedParameters.of(type);
    // Only those of the specification are answered by each other and give a row its main date and
    // its patient: what comes and goes at run time must change no other parameter's entries.
    var answered = SameAs.mark(specified.simple());
    var indexed = new TreeMap<>(answered);
    var building = RunTimeParameters.addTo(indexed, type, definitions);
    specified.composites().forEach((name, composite) -> indexed.put(name, composite.of(answered)));
    var byName = new TreeMap<>(indexed);
    building.forEach(byName::remove);
    var rebuilding = IndexRules.notReady(type, byName.keySet());
    rebuilding.forEach(byName::remove);
    return new SearchParameters(
        type,
        Map.copyOf(byName),
        indexed.values().stream().filter(parameter -> parameter.sameAs().isEmpty()).toList(),
        main(answered),
        patient(specified, answered),
        rebuilding,
        compartments(specified, answered));
  }

  /** Of one value only: a row has one range for it. */
  private static Optional<SearchParameter> main(Map<String, SearchParameter> byName) {
    return MAIN_DATES.stream()
        .map(byName::get)
        .filter(Objects::nonNull)
        .filter(parameter -> parameter.kind() == SearchParamType.DATE)
        .filter(SearchParameter::single)
        .filter(parameter -> parameter.sameAs().isEmpty())
        .findFirst();
  }

  private static List<SearchParameter> patient(
      SpecifiedParameters specified, Map<String, SearchParameter> byName) {
    return Stream.concat(
            PATIENT.stream(), specified.compartment(ResourceType.Patient).stream().sorted())
        .distinct()
        .map(byName::get)
        .filter(Objects::nonNull)
        .filter(SearchParameter::isReference)
        .toList();
  }

  private static Map<ResourceType, List<SearchParameter>> compartments(
      SpecifiedParameters specified, Map<String, SearchParameter> byName) {
    return Set.of(
            ResourceType.Device,
            ResourceType.Encounter,
            ResourceType.Patient,
            ResourceType.Practitioner,
            ResourceType.RelatedPerson)
        .stream()
        .collect(
            Collectors.toUnmodifiableMap(
                of -> of,
                of ->
                    specified.compartment(of).stream()
                        .map(byName::get)
                        .filter(Objects::nonNull)
                        .filter(SearchParameter::isReference)
                        .toList()));
  }
}
