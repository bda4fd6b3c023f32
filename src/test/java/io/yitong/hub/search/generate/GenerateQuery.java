package io.yitong.hub.search.generate;

import io.yitong.hub.search.Definition;
import io.yitong.hub.search.Definitions;
import io.yitong.hub.search.Held;
import io.yitong.hub.search.Paths;
import io.yitong.hub.search.Query;
import io.yitong.hub.search.Query.Parameter;
import io.yitong.hub.search.SearchWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** A search, made after what is held: every criterion takes a resource as its example. */
public final class GenerateQuery {
  private static final List<String> OF_ALL_TYPES =
      List.of("_id", "_tag", "_profile", "_security", "_source", "_lastUpdated");

  private static final Set<String> MODIFIED_SELDOM = Set.of("_id", "_lastUpdated");

  private static final Set<String> ANY_TYPE = Set.of("target", "item", "entity", "focus");

  /** Kept by phonetic rules of the server's own. */
  private static final Set<String> NOT_DEFINED = Set.of("phonetic");

  /** May be a Timing, or given several times. */
  private static final Set<String> TIMED =
      Set.of("Observation.date", "ServiceRequest.occurrence", "MedicationRequest.date");

  private static final String DEEPEST = "....";

  private final Dice dice;
  private final Set<Family> families;
  private final List<Held> all;
  private final boolean hasValueSets;
  private final GenerateValue values;
  private final SearchWorld world;
  private final GenerateAnswer answers;

  /**
   * @param base of the hub's own addresses
   */
  public GenerateQuery(Dice dice, Set<Family> families, SearchWorld world, String base) {
    this.dice = dice;
    this.families = families;
    this.world = world;
    this.all = List.copyOf(world.world().all());
    this.hasValueSets = all.stream().anyMatch(held -> held.type().equals("ValueSet"));
    this.values = new GenerateValue(dice, families, base);
    this.answers = new GenerateAnswer(dice, families);
  }

  /**
   * Another query.
   *
   * @param tag confines the search to what is held here
   */
  public Query next(String tag) {
    var example = dice.one(all);
    var contained = all.stream().flatMap(Held::contained).toList();
    if (families.contains(Family.CONTAINED) && !contained.isEmpty() && dice.onceIn(20)) {
      return ofContained(contained, tag);
    }
    if (families.contains(Family.SYSTEM) && dice.onceIn(30)) {
      return ofSeveralTypes(example, tag);
    }
    var criteria = new ArrayList<Parameter>();
    for (var i = 1 + dice.below(3) / 2 + dice.below(4) / 3; i > 0; i--) {
      criterion(dice.onceIn(3) ? another(example.type()) : example, 0).ifPresent(criteria::add);
    }
    criteria.add(dice.below(criteria.size() + 1), new Parameter("_tag", tag));
    criteria.addAll(answers.parameters(example.type()));
    return new Query(path(example), criteria);
  }

  /** Of the resources inside others, or besides. */
  private Query ofContained(List<Held> contained, String tag) {
    var criteria = new ArrayList<Parameter>();
    var example = dice.one(contained);
    criterion(example, 0)
        .filter(parameter -> !parameter.name().startsWith("_lastUpdated"))
        .ifPresent(criteria::add);
    criteria.add(new Parameter("_tag", tag));
    criteria.add(new Parameter("_contained", dice.one("true", "both", "false")));
    if (dice.onceIn(2)) {
      criteria.add(new Parameter("_containedType", dice.one("container", "contained")));
    }
    return new Query(example.type(), criteria);
  }

  /** Asks for what every type has. */
  private Query ofSeveralTypes(Held example, String tag) {
    var criteria = new ArrayList<Parameter>();
    criteria.add(new Parameter("_type", example.type() + "," + dice.one(all).type()));
    criteria.add(new Parameter("_tag", tag));
    var definition = ofAllTypes(example.type());
    plain(example, definition).ifPresent(criteria::add);
    if (families.contains(Family.COMPARTMENT) && dice.onceIn(2)) {
      return new Query(another("Patient").reference() + "/*", criteria);
    }
    return new Query("", criteria);
  }

  private String path(Held example) {
    if (families.contains(Family.COMPARTMENT) && dice.onceIn(10)) {
      var focus = another("Patient");
      return focus.reference() + "/" + example.type();
    }
    return example.type();
  }

  private Held another(String type) {
    return dice.one(all.stream().filter(held -> held.type().equals(type)).toList());
  }

  private Optional<Parameter> criterion(Held example, int depth) {
    if (depth == 0 && families.contains(Family.FILTER) && dice.onceIn(12)) {
      return filter(example);
    }
    if (families.contains(Family.WORDS) && depth == 0 && dice.onceIn(25)) {
      return Optional.of(
          new Parameter(
              dice.one("_text", "_content"),
              dice.one("hamoglobin", "free TEXT", "muller", "血红 hä", "nothing,haemo", "王")));
    }
    if (families.contains(Family.LIST) && depth == 0 && dice.onceIn(20)) {
      return Optional.of(new Parameter("_list", another("List").id()));
    }
    if (families.contains(depth == 0 ? Family.HAS : Family.NESTED_HAS)
        && depth < 3
        && dice.onceIn(8 - 2 * depth)) {
      return has(example, depth);
    }
    var definition = definition(example);
    if (definition.kind().equals("reference")
        && families.contains(depth == 0 ? Family.CHAIN : Family.DEEP_CHAIN)
        && depth < 3
        && dice.onceIn(2)) {
      var chained = chain(example, definition, depth);
      if (chained.isPresent()) {
        return chained;
      }
    }
    return plain(example, definition);
  }

  private Definition definition(Held example) {
    if (dice.onceIn(10)) {
      return ofAllTypes(example.type());
    }
    var possible = possible(example.type()).toList();
    for (var i = 0; i < 8; i++) {
      var definition = dice.one(possible);
      if (!example.values(definition).isEmpty()) {
        return definition;
      }
    }
    return dice.one(possible);
  }

  private Definition ofAllTypes(String type) {
    var code = dice.one(OF_ALL_TYPES);
    return Definitions.of(
            type, code.equals("_source") && !families.contains(Family.SOURCE) ? "_tag" : code)
        .orElseThrow();
  }

  private Stream<Definition> possible(String type) {
    return Definitions.of(type).stream()
        .filter(definition -> !NOT_DEFINED.contains(definition.code()))
        .filter(
            definition ->
                families.contains(Family.TIMING) || !TIMED.contains(type + "." + definition.code()))
        .filter(
            definition ->
                families.contains(Family.CANONICAL) || !definition.code().contains("canonical"))
        .filter(
            definition ->
                switch (definition.kind()) {
                  case "composite" -> families.contains(Family.COMPOSITE);
                  case "special" -> families.contains(Family.NEAR);
                  default -> true;
                });
  }

  private Optional<Parameter> plain(Held example, Definition definition) {
    var held = example.values(definition);
    if (families.contains(Family.MISSING)
        && !definition.kind().equals("composite")
        && !definition.kind().equals("special")
        && (families.contains(Family.MODIFIED_ID) || !MODIFIED_SELDOM.contains(definition.code()))
        && (held.isEmpty() || dice.onceIn(12))) {
      return Optional.of(new Parameter(definition.code() + ":missing", dice.one("true", "false")));
    }
    if (held.isEmpty()) {
      return Optional.empty();
    }
    return switch (definition.kind()) {
      case "composite" -> composite(example, definition);
      case "special" -> Optional.of(new Parameter(definition.code(), near()));
      default -> Optional.of(valued(example.type(), definition, held));
    };
  }

  private String near() {
    return dice.one("29.56|106.55", "29.58|106.58", "0|0", "-33.9|179.9")
        + dice.one("|3|km", "|10|km", "|500|m", "|100|km", "|25000|km");
  }

  private Parameter valued(String type, Definition definition, List<Base> held) {
    var modified = modified(definition, dice.one(held));
    if (modified.isPresent()) {
      return modified.get();
    }
    var value = values.of(definition, dice.one(held));
    if (dice.onceIn(5)) {
      var other =
          dice.one(
              all.stream()
                  .filter(each -> each.type().equals(type))
                  .filter(each -> !each.values(definition).isEmpty())
                  .toList());
      value += "," + values.of(definition, dice.one(other.values(definition)));
    }
    var not =
        definition.kind().equals("token")
            && families.contains(Family.TOKEN_NOT)
            && (families.contains(Family.MODIFIED_ID) || !definition.code().equals("_id"))
            && dice.onceIn(10);
    return new Parameter(definition.code() + (not ? ":not" : ""), value);
  }

  private Optional<Parameter> modified(Definition definition, Base held) {
    var code = definition.code();
    return switch (definition.kind()) {
      case "string" ->
          switch (dice.below(6)) {
            case 0 ->
                Optional.of(
                    new Parameter(code + ":exact", GenerateValue.escaped(values.text(held))));
            case 1 -> Optional.of(new Parameter(code + ":contains", values.string(held)));
            default -> Optional.empty();
          };
      case "token" -> modifiedToken(code, held);
      case "reference" -> modifiedReference(definition, held);
      case "uri" ->
          families.contains(Family.URI_HIERARCHY) && dice.onceIn(2)
              ? Optional.of(
                  new Parameter(
                      code + dice.one(":above", ":below"),
                      GenerateValue.escaped(dice.one(Pools.HIERARCHY))))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private Optional<Parameter> modifiedToken(String code, Base held) {
    if (families.contains(Family.OF_TYPE)
        && held instanceof Identifier identifier
        && identifier.getType().hasCoding()
        && identifier.hasValue()
        && dice.onceIn(2)) {
      var type = identifier.getType().getCodingFirstRep();
      return Optional.of(
          new Parameter(
              code + ":of-type",
              type.getSystem()
                  + "|"
                  + dice.one(type.getCode(), "MR")
                  + "|"
                  + GenerateValue.escaped(identifier.getValue())));
    }
    var coded = held instanceof org.hl7.fhir.r4.model.CodeableConcept;
    if (coded && families.contains(Family.TOKEN_TEXT) && dice.onceIn(8)) {
      return Optional.of(
          new Parameter(code + ":text", dice.one("Haemoglobin", "haemo", "血红", "free")));
    }
    if (coded && families.contains(Family.CODE_HIERARCHY)) {
      var placed =
          ((org.hl7.fhir.r4.model.CodeableConcept) held)
              .getCoding().stream()
                  .filter(
                      coding -> coding.hasSystem() && coding.getSystem().startsWith(Pools.TREES))
                  .findFirst();
      if (placed.isPresent() && dice.onceIn(2)) {
        return Optional.of(
            new Parameter(
                code + dice.one(":above", ":below"),
                placed.get().getSystem()
                    + "|"
                    + GenerateValue.escaped(dice.one("A", "a", "x|y", placed.get().getCode()))));
      }
    }
    if (coded && families.contains(Family.VALUE_SET) && hasValueSets && dice.onceIn(6)) {
      var set = another("ValueSet");
      return Optional.of(
          new Parameter(
              code + dice.one(":in", ":not-in"),
              dice.one(
                  set.reference(), ((org.hl7.fhir.r4.model.ValueSet) set.resource()).getUrl())));
    }
    return Optional.empty();
  }

  private Optional<Parameter> modifiedReference(Definition definition, Base held) {
    var code = definition.code();
    if (!(held instanceof Reference reference)) {
      return Optional.empty();
    }
    if (families.contains(Family.REFERENCE_IDENTIFIER)
        && reference.hasIdentifier()
        && dice.onceIn(2)) {
      return Optional.of(
          new Parameter(code + ":identifier", values.token(reference.getIdentifier())));
    }
    var anyType = ANY_TYPE.contains(code) && !families.contains(Family.REFERENCE_OF_ANY_TYPE);
    if (reference.hasReference() && !anyType && dice.onceIn(5)) {
      var parts = reference.getReference().split("/", -1);
      return Optional.of(new Parameter(code + ":" + parts[0], parts[1]));
    }
    return Optional.empty();
  }

  private Optional<Parameter> composite(Held example, Definition definition) {
    var elements = Paths.select(example.resource(), example.resource(), definition.expression());
    if (elements.isEmpty()) {
      return Optional.empty();
    }
    var element = dice.one(elements);
    var parts = new ArrayList<String>();
    for (var component : definition.components()) {
      var held = Paths.select(example.resource(), element, component.expression());
      if (held.isEmpty()) {
        return Optional.empty();
      }
      parts.add(values.of(Definitions.at(component.definition()), dice.one(held)));
    }
    return Optional.of(new Parameter(definition.code(), String.join("$", parts)));
  }

  private Optional<Parameter> chain(Held example, Definition definition, int depth) {
    var targets = world.targets(example, definition);
    if (targets.isEmpty()) {
      return Optional.empty();
    }
    var target = dice.one(targets);
    var typed = definition.targets().size() != 1 || dice.onceIn(3);
    return criterion(target, depth + 1)
        .filter(inner -> inner.name().chars().filter(c -> c == '.').count() < DEEPEST.length())
        .map(
            inner ->
                new Parameter(
                    definition.code() + (typed ? ":" + target.type() : "") + "." + inner.name(),
                    inner.value()));
  }

  private Optional<Parameter> has(Held example, int depth) {
    var referring = referring(example);
    if (referring.isEmpty()) {
      return Optional.empty();
    }
    var other = dice.one(referring);
    var definitions =
        Definitions.of(other.type()).stream()
            .filter(definition -> definition.kind().equals("reference"))
            .filter(definition -> world.targets(other, definition).contains(example))
            .filter(
                definition ->
                    definition.targets().isEmpty() || definition.targets().contains(example.type()))
            .toList();
    if (definitions.isEmpty()) {
      return Optional.empty();
    }
    var inner =
        families.contains(Family.CHAIN_WITHIN_HAS)
            ? criterion(other, depth + 1)
            : plain(other, definition(other));
    return inner.map(
        each ->
            new Parameter(
                "_has:" + other.type() + ":" + dice.one(definitions).code() + ":" + each.name(),
                each.value()));
  }

  private List<Held> referring(Held example) {
    return all.stream()
        .filter(
            held ->
                Definitions.of(held.type()).stream()
                    .filter(definition -> definition.kind().equals("reference"))
                    .anyMatch(definition -> world.targets(held, definition).contains(example)))
        .toList();
  }

  private Optional<Parameter> filter(Held example) {
    return new GenerateFilter(dice, values)
        .of(example, possible(example.type()).toList())
        .map(text -> new Parameter("_filter", text));
  }
}
