package io.yitong.hub.search;

import ca.uhn.fhir.context.FhirContext;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/** All that is held, and what an institution may see of it. */
public final class World {
  /** Data of no patient, open to all when they belong to none. */
  private static final List<String> REFERENCE_DATA =
      List.of(
          "ActivityDefinition",
          "CapabilityStatement",
          "CodeSystem",
          "ConceptMap",
          "Endpoint",
          "HealthcareService",
          "Library",
          "Location",
          "Measure",
          "MeasureReport",
          "Medication",
          "NamingSystem",
          "OperationDefinition",
          "Organization",
          "OrganizationAffiliation",
          "PlanDefinition",
          "Practitioner",
          "PractitionerRole",
          "Questionnaire",
          "SearchParameter",
          "StructureDefinition",
          "ValueSet");

  private final Map<String, Held> byReference = new LinkedHashMap<>();
  private final References references;

  public World(Collection<Held> all, String base) {
    this.references = new References(base);
    all.forEach(held -> byReference.put(held.reference(), held));
  }

  References references() {
    return references;
  }

  public Collection<Held> all() {
    return byReference.values();
  }

  Stream<Held> ofType(String type) {
    return all().stream().filter(held -> held.type().equals(type));
  }

  public Optional<Held> get(String reference) {
    return Optional.ofNullable(byReference.get(reference));
  }

  /** The resources that the values of a reference parameter lead to. */
  Stream<Held> targets(Held from, Definition definition) {
    return from.values(definition).stream()
        .flatMap(references::targets)
        .flatMap(reference -> get(reference).stream());
  }

  /**
   * What an institution may see: its own, reference data of no patient, and whatever is in the
   * record of a patient it has an open Encounter with.
   */
  public World seenBy(String institution) {
    var patients =
        ofType("Encounter")
            .filter(held -> held.owner().filter(institution::equals).isPresent())
            .map(held -> (Encounter) held.resource())
            .filter(World::isOpen)
            .map(Encounter::getSubject)
            .flatMap(references::targets)
            .toList();
    var seen =
        all().stream()
            .filter(
                held -> {
                  var patient = patient(held);
                  return held.owner().filter(institution::equals).isPresent()
                      || (patient.isEmpty() && REFERENCE_DATA.contains(held.type()))
                      || patient.filter(patients::contains).isPresent();
                })
            .toList();
    return new World(seen, references);
  }

  private static boolean isOpen(Encounter encounter) {
    return encounter.getStatus() == EncounterStatus.INPROGRESS
        && (!encounter.hasPeriod()
            || !encounter.getPeriod().hasEnd()
            || encounter.getPeriod().getEnd().after(new Date()));
  }

  private World(Collection<Held> all, References references) {
    this.references = references;
    all.forEach(held -> byReference.put(held.reference(), held));
  }

  /** Whose record a resource belongs to: the first Patient its compartment parameters name. */
  private Optional<String> patient(Held held) {
    if (held.type().equals("Patient")) {
      return Optional.of(held.reference());
    }
    return Stream.concat(Stream.of("patient", "subject"), compartment(held.type(), "Patient"))
        .flatMap(code -> Definitions.of(held.type(), code).stream())
        .flatMap(definition -> held.values(definition).stream())
        .flatMap((Base value) -> references.targets(value))
        .filter(reference -> reference.startsWith("Patient/"))
        .findFirst();
  }

  /** The parameters by which a type belongs to a compartment (2.37.1), in alphabetical order. */
  static Stream<String> compartment(String type, String of) {
    return FhirContext.forR4Cached().getResourceDefinition(type).getSearchParams().stream()
        .filter(
            parameter ->
                parameter.getProvidesMembershipInCompartments() != null
                    && parameter.getProvidesMembershipInCompartments().contains(of))
        .map(parameter -> parameter.getName())
        .sorted();
  }
}
