package io.yitong.hub.search;

import io.yitong.hub.search.Moments.Approximation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.ListResource;

/** Whether a resource meets one criterion of a search. */
final class Matching {
  private final World world;
  private final Approximation approximation;

  Matching(World world, Approximation approximation) {
    this.world = world;
    this.approximation = approximation;
  }

  /**
   * @param name as written, with modifiers, chains and {@code _has}
   * @param value as written, alternatives and escapes included
   */
  boolean match(Held held, String name, String value) {
    if (name.startsWith("_has:")) {
      return isReferredTo(held, name.substring(5).split(":", 3), value);
    }
    if (name.equals("_filter")) {
      return FilterExpression.parse(value).match(held, this);
    }
    if (name.equals("_text") || name.equals("_content")) {
      return Syntax.split(value, ',').stream()
          .anyMatch(words -> Words.match(held.resource(), name.equals("_content"), words));
    }
    if (name.equals("_list")) {
      return Syntax.split(value, ',').stream().anyMatch(list -> isListed(held, list));
    }
    var dot = name.indexOf('.');
    if (dot > 0) {
      return chained(held, name.substring(0, dot), name.substring(dot + 1), value);
    }
    var colon = name.indexOf(':');
    return plain(
        held,
        definition(held.type(), colon < 0 ? name : name.substring(0, colon)),
        colon < 0 ? "" : name.substring(colon + 1),
        value);
  }

  private static Definition definition(String type, String code) {
    return Definitions.of(type, code)
        .orElseThrow(() -> new IllegalArgumentException(type + " has no parameter " + code));
  }

  private boolean plain(Held held, Definition definition, String modifier, String value) {
    var values = held.values(definition);
    var alternatives = Syntax.split(value, ',');
    return switch (modifier) {
      case "missing" -> values.isEmpty() == value.equals("true");
      case "not" -> alternatives.stream().noneMatch(each -> one(held, definition, "", each));
      case "in" -> alternatives.stream().anyMatch(set -> isIn(values, set));
      case "not-in" -> alternatives.stream().noneMatch(set -> isIn(values, set));
      case "above", "below" -> isNear(held, definition, modifier, alternatives);
      default -> alternatives.stream().anyMatch(each -> one(held, definition, modifier, each));
    };
  }

  /** Of a code by its system, of a URI by itself. */
  private boolean isNear(
      Held held, Definition definition, String modifier, List<String> alternatives) {
    return definition.kind().equals("token")
        ? alternatives.stream()
            .map(each -> CodeTrees.codes(world, each, modifier.equals("below")))
            .anyMatch(
                codes ->
                    held.values(definition).stream()
                        .flatMap(Tokens::codes)
                        .anyMatch(codes::contains))
        : alternatives.stream().anyMatch(each -> one(held, definition, modifier, each));
  }

  private boolean one(Held held, Definition definition, String modifier, String value) {
    return definition.kind().equals("composite")
        ? composite(held, definition, value)
        : one(held.values(definition), definition, modifier, value);
  }

  boolean one(List<Base> values, Definition definition, String modifier, String value) {
    return switch (definition.kind()) {
      case "token" -> Tokens.match(values, modifier, value);
      case "string" -> Strings.match(values, modifier, value);
      case "date" -> Moments.match(values, value, approximation);
      case "number", "quantity" -> Numbers.match(values, value);
      case "reference" -> world.references().match(values, definition, modifier, value);
      case "uri" -> Uris.match(values, modifier, value);
      case "special" -> Nearness.match(values, value);
      default -> throw new IllegalArgumentException(definition.kind());
    };
  }

  /** All components within one and the same element (3.1.1.4.14). */
  private boolean composite(Held held, Definition definition, String value) {
    var parts = Syntax.split(value, '$');
    return Paths.select(held.resource(), held.resource(), definition.expression()).stream()
        .anyMatch(
            element -> {
              for (var i = 0; i < parts.size(); i++) {
                var component = definition.components().get(i);
                var values = Paths.select(held.resource(), element, component.expression());
                if (!one(values, Definitions.at(component.definition()), "", parts.get(i))) {
                  return false;
                }
              }
              return true;
            });
  }

  private boolean chained(Held held, String head, String rest, String value) {
    var colon = head.indexOf(':');
    var definition = definition(held.type(), colon < 0 ? head : head.substring(0, colon));
    return world
        .targets(held, definition)
        .filter(target -> colon < 0 || target.type().equals(head.substring(colon + 1)))
        .filter(
            target ->
                definition.targets().isEmpty() || definition.targets().contains(target.type()))
        .filter(target -> knows(target.type(), rest))
        .anyMatch(target -> match(target, rest, value));
  }

  /** A chain without a type goes through the types that have the parameter. */
  private static boolean knows(String type, String name) {
    return name.startsWith("_has:") || Definitions.of(type, name.split("[.:]", 2)[0]).isPresent();
  }

  /** {@code _has:Type:reference:rest} (3.1.1.4.6). */
  private boolean isReferredTo(Held held, String[] parts, String value) {
    var definition = definition(parts[0], parts[1]);
    return referring(held, parts[0], definition).anyMatch(other -> match(other, parts[2], value));
  }

  private Stream<Held> referring(Held held, String type, Definition definition) {
    return world
        .ofType(type)
        .filter(other -> world.targets(other, definition).anyMatch(held::equals));
  }

  private boolean isListed(Held held, String list) {
    return world
        .get("List/" + list)
        .map(found -> ((ListResource) found.resource()).getEntry().stream())
        .orElse(Stream.empty())
        .flatMap(entry -> world.references().targets(entry.getItem()))
        .anyMatch(held.reference()::equals);
  }

  private boolean isIn(List<Base> values, String set) {
    var codes = codes(Syntax.plain(set));
    return values.stream().flatMap(Tokens::codes).anyMatch(codes::contains);
  }

  private Set<Tokens.Code> codes(String set) {
    return ValueSets.codes(world, set);
  }

  /** Whether one of the compartment's parameters leads from the resource to its focus. */
  boolean isInCompartment(Held held, String focus) {
    if (held.reference().equals(focus)) {
      return true;
    }
    return World.compartment(held.type(), focus.substring(0, focus.indexOf('/')))
        .flatMap(code -> Definitions.of(held.type(), code).stream())
        .flatMap(definition -> held.values(definition).stream())
        .flatMap(value -> world.references().targets(value))
        .anyMatch(focus::equals);
  }

  static List<String> types(String value) {
    return Arrays.asList(value.split(",", -1));
  }
}
