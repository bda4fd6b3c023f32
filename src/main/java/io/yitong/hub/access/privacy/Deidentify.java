package io.yitong.hub.access.privacy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of a resource what its profile lets one recipient have, and nothing else: the answer is
 * built from what is named, never by striking out of what there is. Not for several threads at
 * once.
 */
public final class Deidentify {
  /**
   * Whatever brings one of these would mean something else without it, and what they mean is not
   * known here (FHIR R4, 2.1.0.6, 2.4.0.2).
   */
  static final Set<String> MODIFIERS = Set.of("modifierExtension", "implicitRules");

  /** How resources name the person that all their pseudonyms have in common. */
  static final String PERSON = "https://yitong.io/fhir/NamingSystem/pseudonym";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
  private static final String RESOURCE_TYPE = "resourceType";

  private final DeidentificationProfile profile;
  private final Pseudonyms pseudonyms;
  private final LocalDate today;

  /** What becomes of a resource. */
  public sealed interface Answer {}

  public record Given(ObjectNode resource) implements Answer {
    public byte[] json() {
      try {
        return JSON.writeValueAsBytes(resource);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public record Withheld(Why why) implements Answer {}

  /** Why nothing is given of a resource. */
  public enum Why {
    TYPE_NOT_NAMED,
    /** An element that is removed would have changed its meaning. */
    MODIFIED,
    /** Without what is removed it is no resource of its type any more. */
    INCOMPLETE
  }

  /**
   * @param today by which ages are reckoned
   */
  public Deidentify(DeidentificationProfile profile, Pseudonyms pseudonyms, LocalDate today) {
    this.profile = profile;
    this.pseudonyms = pseudonyms;
    this.today = today;
  }

  /**
   * @param json of one resource
   * @param person whose it is: the person the Patient is linked to, else the Patient; empty when it
   *     is nobody's
   */
  public Answer of(byte[] json, Optional<String> person) {
    var given = read(json);
    var type = given.path(RESOURCE_TYPE).asText();
    var rule = profile.rules().get(type);
    if (rule == null) {
      return new Withheld(Why.TYPE_NOT_NAMED);
    }
    if (modified(given)) {
      return new Withheld(Why.MODIFIED);
    }
    var root = type + "/" + given.path("id").asText();
    var days =
        person
            .filter(any -> profile.shiftDays() > 0)
            .map(id -> pseudonyms.shift(id, profile.shiftDays()))
            .orElse(0);
    var inside = new HashSet<String>();
    var values = new ReduceValue(profile, pseudonyms, today, root, days, inside);
    var contained = contained(given, values, inside);
    return reduce(given, rule, values)
        .map(reduced -> (Answer) new Given(completed(reduced, type, contained, person)))
        .orElseGet(() -> new Withheld(Why.INCOMPLETE));
  }

  private static ObjectNode read(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean modified(JsonNode node) {
    for (var entry : node.properties()) {
      if (MODIFIERS.contains(entry.getKey()) || modified(entry.getValue())) {
        return true;
      }
    }
    for (var item : node.isArray() ? node : JSON.createArrayNode()) {
      if (modified(item)) {
        return true;
      }
    }
    return false;
  }

  /** By their rules, as resources of their own; a reference holds to those that are left. */
  private ArrayNode contained(ObjectNode given, ReduceValue values, Set<String> inside) {
    var left = JSON.createArrayNode();
    for (var each : given.path("contained")) {
      var type = each.path(RESOURCE_TYPE).asText();
      if (each instanceof ObjectNode resource && profile.contained().contains(type)) {
        reduce(resource, profile.rules().get(type), values)
            .ifPresent(
                reduced -> {
                  var local = each.path("id").asText();
                  var whole = JSON.createObjectNode().put(RESOURCE_TYPE, type);
                  whole.setAll(reduced);
                  left.add(whole.put("id", values.local(local)));
                  inside.add(local);
                });
      }
    }
    return left;
  }

  private ObjectNode completed(
      ObjectNode reduced, String type, ArrayNode contained, Optional<String> person) {
    var whole = JSON.createObjectNode().put(RESOURCE_TYPE, type);
    whole.set("id", reduced.get("id"));
    if (!profile.isClear(type)) {
      whole
          .putObject("meta")
          .putArray("security")
          .addObject()
          .put("system", "http://terminology.hl7.org/CodeSystem/v3-ObservationValue")
          .put("code", "PSEUDED");
    }
    if (!contained.isEmpty()) {
      whole.set("contained", contained);
    }
    if (type.equals("Patient")) {
      person.ifPresent(
          id ->
              whole
                  .putArray("identifier")
                  .addObject()
                  .put("system", PERSON)
                  .put("value", pseudonyms.of(id)));
    }
    whole.setAll(reduced);
    return whole;
  }

  private Optional<ObjectNode> reduce(JsonNode given, ElementRule rule, ReduceValue values) {
    var reduced = JSON.createObjectNode();
    rule.children()
        .forEach(
            (name, child) ->
                Optional.ofNullable(given.get(name))
                    .flatMap(value -> one(value, child, values))
                    .ifPresent(value -> reduced.set(name, value)));
    if (hadValue(given) && !hadValue(reduced)) {
      mask(reduced, rule);
    }
    var whole =
        rule.required().stream().allMatch(names -> names.stream().anyMatch(reduced::hasNonNull));
    return whole && !reduced.isEmpty() ? Optional.of(reduced) : Optional.empty();
  }

  /** An Observation whose value is removed had one (FHIR R4, data-absent-reason). */
  private static void mask(ObjectNode reduced, ElementRule rule) {
    if (rule.children().containsKey("dataAbsentReason")) {
      reduced
          .putObject("dataAbsentReason")
          .putArray("coding")
          .addObject()
          .put("system", "http://terminology.hl7.org/CodeSystem/data-absent-reason")
          .put("code", "masked");
    }
  }

  private static boolean hadValue(JsonNode element) {
    for (Map.Entry<String, JsonNode> entry : element.properties()) {
      if (entry.getKey().startsWith("value")) {
        return true;
      }
    }
    return false;
  }

  private Optional<JsonNode> one(JsonNode value, ElementRule rule, ReduceValue values) {
    if (value instanceof ArrayNode array) {
      var left = JSON.createArrayNode();
      array.forEach(item -> one(item, rule, values).ifPresent(left::add));
      return left.isEmpty() ? Optional.empty() : Optional.of(left);
    }
    return rule.action().isPresent()
        ? values.by(rule.action().get(), value)
        : reduce(value, rule, values).map(JsonNode.class::cast);
  }
}
