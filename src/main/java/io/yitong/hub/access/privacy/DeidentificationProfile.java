package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.json.TypeDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a record a kind of recipient is given: data, in rules/privacy. An element, a type or a
 * code system that a profile does not name does not leave.
 *
 * @param id pseudonyms depend on it
 * @param k persons that must share each combination of quasi-identifiers
 * @param shiftDays by how many days at most dates are moved; zero when none are
 * @param quasiIdentifiers what of a Patient leaves, in the order in which it is given up for k
 * @param clearTypes of no person: their ids are not made pseudonyms
 * @param contained types that may stand inside another resource
 * @param codeSystems URIs; one that ends in a star stands for all that begin so
 * @param rules by type
 */
public record DeidentificationProfile(
    String id,
    String version,
    String owner,
    List<String> source,
    int k,
    int shiftDays,
    List<QuasiIdentifier> quasiIdentifiers,
    Set<String> clearTypes,
    Set<String> contained,
    List<String> codeSystems,
    Map<String, ElementRule> rules) {
  /** Of the recipients there are. */
  public static final List<String> NAMES = List.of("regulator", "research");

  /** Elements of Patient that single nobody out: a pseudonym, and whether the record is in use. */
  private static final Set<String> SAME_FOR_MOST = Set.of("id", "active");

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
  private static final ElementRule NOTHING = new ElementRule(Optional.empty(), Map.of(), List.of());

  private static final Map<String, DeidentificationProfile> ALL =
      NAMES.stream().collect(Collectors.toMap(name -> name, DeidentificationProfile::load));

  public DeidentificationProfile {
    if (k < 2) {
      throw new IllegalArgumentException(id + ": k is " + k);
    }
    quasiIdentifiers = List.copyOf(quasiIdentifiers);
  }

  /**
   * @param name one of {@link #NAMES}
   */
  public static DeidentificationProfile named(String name) {
    return Objects.requireNonNull(ALL.get(name), name);
  }

  /** The resource types of which anything is given. */
  public Set<String> types() {
    return rules.keySet();
  }

  /** Whether resources of the type are about no person, and so belong to no class. */
  public boolean isClear(String type) {
    return clearTypes.contains(type);
  }

  static String file(String name) {
    return "/rules/privacy/" + name + ".json";
  }

  private static DeidentificationProfile load(String name) {
    try (var in =
        Objects.requireNonNull(
            DeidentificationProfile.class.getResourceAsStream(file(name)), file(name))) {
      return of(JSON.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException for a profile that cannot be meant so
   */
  static DeidentificationProfile of(JsonNode json) {
    var profile =
        new DeidentificationProfile(
            json.required("id").asText(),
            json.required("version").asText(),
            json.required("owner").asText(),
            texts(json.required("source")).toList(),
            json.required("k").asInt(),
            json.required("shiftDays").asInt(),
            texts(json.required("quasiIdentifiers")).map(QuasiIdentifier::of).toList(),
            texts(json.required("clearTypes")).collect(Collectors.toUnmodifiableSet()),
            texts(json.required("contained")).collect(Collectors.toUnmodifiableSet()),
            texts(json.required("codeSystems")).toList(),
            rules(json.required("elements")));
    profile.check();
    return profile;
  }

  private void check() {
    rules.getOrDefault("Patient", NOTHING).children().forEach(this::checkPatient);
    if (!rules.keySet().containsAll(clearTypes) || !rules.keySet().containsAll(contained)) {
      throw new IllegalArgumentException(id + ": types without elements");
    }
    if (rules.values().stream().anyMatch(rule -> uses(rule, Action.SHIFT)) != (shiftDays > 0)) {
      throw new IllegalArgumentException(id + ": shiftDays is " + shiftDays);
    }
    for (var type : rules.keySet()) {
      if (!isClear(type) && uses(rules.get(type), Action.PUBLIC)) {
        throw new IllegalArgumentException(id + ": " + type + " has text of a person's");
      }
    }
  }

  /** What is told of a person counts in the classes, or k would be a claim. */
  private void checkPatient(String element, ElementRule rule) {
    var told = !rule.action().equals(Optional.of(Action.REMOVE));
    if (told
        && !SAME_FOR_MOST.contains(element)
        && quasiIdentifiers.stream().noneMatch(each -> each.element().equals(element))) {
      throw new IllegalArgumentException("%s: Patient.%s is in no class".formatted(id, element));
    }
  }

  private static boolean uses(ElementRule rule, Action action) {
    return rule.action().filter(action::equals).isPresent()
        || rule.children().values().stream().anyMatch(child -> uses(child, action));
  }

  private static Map<String, ElementRule> rules(JsonNode elements) {
    var byType = new TreeMap<String, SortedMap<String, Action>>();
    elements
        .fields()
        .forEachRemaining(
            entry -> {
              var dot = entry.getKey().indexOf('.');
              byType
                  .computeIfAbsent(entry.getKey().substring(0, dot), any -> new TreeMap<>())
                  .put(entry.getKey().substring(dot + 1), Action.of(entry.getValue().asText()));
            });
    var rules = new HashMap<String, ElementRule>();
    byType.forEach(
        (type, actions) -> {
          var definition =
              TypeDefinition.ofResource(type)
                  .orElseThrow(() -> new IllegalArgumentException("no type " + type));
          rules.put(type, ElementRule.of(definition, type, actions));
        });
    return Map.copyOf(rules);
  }

  private static Stream<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(each -> texts.add(each.asText()));
    return texts.stream();
  }
}
