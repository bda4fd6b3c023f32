package io.yitong.hub.search.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/**
 * Some 170 resources of eighteen types that refer to each other. All carry one tag, by which they
 * are told from whatever else a hub holds; ids are the same numbers in every type.
 */
public final class GenerateWorld {
  public static final String TAGS = "urn:yitong:test:search";

  /** How many of each; those in front are reference data. */
  private static final Map<String, Integer> REGISTRIES =
      Map.of("Organization", 5, "Practitioner", 4, "PractitionerRole", 4, "Medication", 4);

  private static final Map<String, Integer> CLINICAL =
      Map.ofEntries(
          Map.entry("Patient", 12),
          Map.entry("Encounter", 14),
          Map.entry("Observation", 45),
          Map.entry("DiagnosticReport", 10),
          Map.entry("Specimen", 8),
          Map.entry("ServiceRequest", 12),
          Map.entry("Condition", 10),
          Map.entry("MedicationRequest", 10),
          Map.entry("Group", 4),
          Map.entry("List", 4),
          Map.entry("RiskAssessment", 6),
          Map.entry("Provenance", 6));

  private static final String ALONE = "Provenance";

  private final String run;
  private final Dice dice;
  private final List<String> institutions;
  private final boolean byHub;
  private final Set<Family> families;
  private final Map<String, List<Integer>> owned = new HashMap<>();
  private boolean across;

  /**
   * @param run goes into ids and the tag
   * @param institutions whose data it is; the first has most of it
   * @param byHub whether the hub itself writes: Locations and ValueSets too, and across
   *     institutions
   */
  public GenerateWorld(
      String run, Dice dice, List<String> institutions, boolean byHub, Set<Family> families) {
    this.run = run;
    this.dice = dice;
    this.institutions = institutions;
    this.byHub = byHub;
    this.families = families;
  }

  /** To be written in this order. */
  public List<Batch> batches() {
    var batches = new ArrayList<Batch>();
    var registries = new HashMap<>(REGISTRIES);
    if (byHub) {
      registries.putAll(Map.of("Location", 6, "ValueSet", 4, "CodeSystem", 1));
    }
    var registrar = byHub ? Optional.<String>empty() : Optional.of(institutions.get(0));
    batches.add(batch(registrar, all(registries, institutions.get(0))));
    batches.add(batch(registrar, all(registries, institutions.get(0))));
    for (var institution : institutions) {
      var counts = new HashMap<String, Integer>();
      var part = institution.equals(institutions.get(0)) ? 0 : 3;
      CLINICAL.forEach((type, count) -> counts.put(type, part == 0 ? count : count / part));
      counts.forEach((type, count) -> owned.put(institution + type, numbers(type, count)));
    }
    for (var institution : institutions) {
      addClinical(batches, institution, 1);
    }
    across = byHub;
    for (var institution : institutions) {
      // Many a second time with new content: what was indexed before must be gone.
      addClinical(batches, institution, 2);
      batches.add(deletion(institution));
    }
    return batches;
  }

  private List<Integer> numbers(String type, int count) {
    var taken =
        institutions.stream()
            .mapToInt(institution -> owned.getOrDefault(institution + type, List.of()).size())
            .sum();
    var numbers = new ArrayList<Integer>();
    for (var i = 0; i < count; i++) {
      numbers.add(taken + i);
    }
    return numbers;
  }

  private List<Resource> all(Map<String, Integer> counts, String institution) {
    var resources = new ArrayList<Resource>();
    counts.keySet().stream()
        .sorted()
        .forEach(
            type -> {
              for (var i = 0; i < counts.get(type); i++) {
                resources.add(make(type, i, institution));
              }
              owned.putIfAbsent(type, numbers(type, counts.get(type)));
            });
    return resources;
  }

  /**
   * Provenances apart: written with what it is about, one would belong to that one's patient too,
   * which is nothing that could be told from what is held.
   */
  private void addClinical(List<Batch> batches, String institution, int onceIn) {
    for (var alone : List.of(false, true)) {
      batches.add(
          batch(
              Optional.of(institution),
              clinical(institution, onceIn, type -> type.equals(ALONE) == alone)));
    }
  }

  private List<Resource> clinical(String institution, int onceIn, Predicate<String> wanted) {
    var resources = new ArrayList<Resource>();
    CLINICAL.keySet().stream()
        .filter(wanted)
        .sorted()
        .forEach(
            type ->
                owned.get(institution + type).stream()
                    .filter(number -> onceIn == 1 || dice.onceIn(onceIn))
                    .forEach(number -> resources.add(make(type, number, institution))));
    return resources;
  }

  private Resource make(String type, int number, String institution) {
    var wide = across && dice.onceIn(3);
    BiFunction<String, Integer, List<Integer>> reachable =
        (wanted, self) -> {
          if (owned.containsKey(wanted)) {
            return owned.get(wanted);
          }
          var from = wide ? dice.one(institutions) : institution;
          return owned.getOrDefault(from + wanted, List.of());
        };
    var references = new Referring(run, dice, reachable);
    var resource =
        new GenerateResource(dice, new Pools(dice, families), references).make(type, number);
    resource.setId(run + "-" + number);
    resource.getMeta().addTag(TAGS, run, null);
    meta(resource);
    if (families.contains(Family.WORDS) && resource instanceof DomainResource narrated) {
      narrate(narrated);
    }
    if (families.contains(Family.CODE_HIERARCHY) && byHub && dice.onceIn(3)) {
      code(resource);
    }
    return resource;
  }

  private void narrate(DomainResource resource) {
    if (dice.onceIn(4)) {
      resource.getText().setStatus(NarrativeStatus.GENERATED);
      resource
          .getText()
          .setDivAsString(
              "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>%s <b>%s</b></p></div>"
                  .formatted(dice.one(Pools.FAMILIES), dice.one("Hämoglobin 血红", "free text")));
    }
  }

  private void code(Resource resource) {
    var coding = new Coding(Pools.TREES + run, dice.one("A", "a", "x|y", "718-7", "c\\d"), null);
    if (resource instanceof Observation observation) {
      observation.getCode().addCoding(coding);
    } else if (resource instanceof Condition condition) {
      condition.getCode().addCoding(coding);
    }
  }

  private void meta(Resource resource) {
    if (dice.onceIn(3)) {
      resource.getMeta().addTag(dice.one(Pools.SYSTEMS), dice.one(Pools.CODES), null);
    }
    if (dice.onceIn(4)) {
      resource
          .getMeta()
          .addSecurity(
              "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", dice.one("N", "M"), null);
    }
    if (dice.onceIn(4)) {
      resource.getMeta().getProfile().add(new CanonicalType(dice.one(Pools.URLS)));
    }
    if (dice.onceIn(4)) {
      resource.getMeta().setSource(dice.one(Pools.URLS));
    }
  }

  private Batch batch(Optional<String> owner, List<Resource> resources) {
    return new Batch(owner, resources, List.of());
  }

  /** Provenances are referred to by nothing. */
  private Batch deletion(String institution) {
    var numbers = owned.get(institution + "Provenance");
    return new Batch(
        Optional.of(institution),
        List.of(),
        List.of("Provenance/" + run + "-" + numbers.get(dice.below(numbers.size()))));
  }

  /** References to what there is. */
  record Referring(String run, Dice dice, BiFunction<String, Integer, List<Integer>> reachable) {
    /** One of the types that has something to offer; empty when none has. */
    Reference to(String... types) {
      var type = dice.one(types);
      var numbers = reachable.apply(type, 0);
      if (numbers.isEmpty()) {
        return new Reference().setDisplay("nobody we know");
      }
      var reference = new Reference(type + "/" + run + "-" + dice.one(numbers));
      if (dice.onceIn(5)) {
        reference.setIdentifier(new Pools(dice, Set.of()).identifier());
      }
      return reference;
    }
  }
}
