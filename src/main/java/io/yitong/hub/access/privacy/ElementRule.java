package io.yitong.hub.access.privacy;

import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.TypeDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a profile says of one place: an action, or rules for what is inside it.
 *
 * @param children by JSON name; what is missing is removed
 * @param required the JSON names of each child without which the parent is none; of a choice all
 */
record ElementRule(
    Optional<Action> action, Map<String, ElementRule> children, List<Set<String>> required) {

  /**
   * Built from the paths below one type, and held against what FHIR says of them.
   *
   * @param actions by path below the type: {@code component.valueQuantity}
   * @throws IllegalArgumentException for a path that is none, an action that does not fit, or a
   *     modifier element (FHIR R4, 2.1.0.6) the profile is silent about
   */
  static ElementRule of(TypeDefinition type, String path, SortedMap<String, Action> actions) {
    var below = new TreeMap<String, SortedMap<String, Action>>();
    actions.forEach(
        (each, action) -> {
          var dot = each.indexOf('.');
          var name = dot < 0 ? each : each.substring(0, dot);
          below
              .computeIfAbsent(name, any -> new TreeMap<>())
              .put(dot < 0 ? "" : each.substring(dot + 1), action);
        });
    var children = new TreeMap<String, ElementRule>();
    below.forEach(
        (name, inner) ->
            children.put(name, child(place(type, path, name), path + "." + name, inner)));
    type.children().stream()
        .filter(place -> place.modifier() && isNamedByProfiles(place))
        .filter(place -> !children.containsKey(place.jsonName()))
        .findFirst()
        .ifPresent(
            place -> {
              throw new IllegalArgumentException(
                  "%s.%s changes what its parent means and is not named"
                      .formatted(path, place.jsonName()));
            });
    return new ElementRule(Optional.empty(), Map.copyOf(children), required(type));
  }

  /** Of resources that bring one of these, nothing is given at all. */
  private static boolean isNamedByProfiles(ChildDefinition place) {
    return !Deidentify.MODIFIERS.contains(place.jsonName());
  }

  private static ElementRule child(
      ChildDefinition place, String path, SortedMap<String, Action> inner) {
    var action = inner.get("");
    if (action == null) {
      return of(place.type(), path, inner);
    }
    if (inner.size() > 1 || !action.isFor(place.type().name())) {
      throw new IllegalArgumentException(
          "%s is %s: not to be %s".formatted(path, place.type().name(), action));
    }
    return new ElementRule(Optional.of(action), Map.of(), List.of());
  }

  private static ChildDefinition place(TypeDefinition type, String path, String name) {
    return type.child(name)
        .orElseThrow(() -> new IllegalArgumentException("no element " + path + "." + name));
  }

  private static List<Set<String>> required(TypeDefinition type) {
    return type.children().stream()
        .filter(ChildDefinition::required)
        .collect(
            Collectors.groupingBy(
                ChildDefinition::name,
                Collectors.mapping(ChildDefinition::jsonName, Collectors.toUnmodifiableSet())))
        .values()
        .stream()
        .toList();
  }
}
