package io.yitong.hub.record.index;

import io.yitong.hub.fhir.json.TypeDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Where a parameter's values can stand in a resource of its type. */
public final class Places {
  private Places() {}

  /**
   * @param path as SQL/JSON has it (lax)
   * @param repeats whether there can be several
   */
  private record Place(String path, TypeDefinition type, boolean repeats) {
    Place narrowed(String filter) {
      return new Place(path + " ? (" + filter + ")", type, repeats);
    }
  }

  /** SQL/JSON paths into the stored JSON; each type of a choice has its own. */
  public static List<String> jsonPaths(SearchParameter parameter) {
    return places(parameter.type(), parameter.path()).map(Place::path).distinct().toList();
  }

  /** The types its values can have; none when there is no such place. */
  static Set<String> types(ResourceType type, ElementPath path) {
    return places(type, path)
        .map(place -> place.type().name())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a path can yield no more than one value, of a choice of whatever type. */
  static boolean isSingle(ResourceType type, ElementPath path) {
    return path.names().stream().distinct().count() == 1
        && places(type, path).noneMatch(Place::repeats);
  }

  private static Stream<Place> places(ResourceType type, ElementPath path) {
    return TypeDefinition.ofResource(type.name()).stream()
        .flatMap(definition -> places(path, new Place("$", definition, false)));
  }

  private static Stream<Place> places(ElementPath path, Place root) {
    if (path instanceof ElementPath.Child child) {
      return places(child.from(), root).flatMap(place -> children(place, child.name()));
    }
    if (path instanceof ElementPath.OfType ofType) {
      return places(ofType.from(), root)
          .filter(place -> ElementPath.OfType.isA(place.type().name(), ofType.type()));
    }
    if (path instanceof ElementPath.Where where) {
      var filter = "@.\"" + where.child() + "\" == \"" + where.value() + "\"";
      return places(where.from(), root).map(place -> place.narrowed(filter));
    }
    if (path instanceof ElementPath.LeadingTo leadingTo) {
      var filter = "@.reference starts with \"" + leadingTo.target() + "/\"";
      return places(leadingTo.from(), root).map(place -> place.narrowed(filter));
    }
    if (path instanceof ElementPath.At at) {
      return places(at.from(), root)
          .map(place -> new Place(place.path() + "[" + at.index() + "]", place.type(), false));
    }
    if (path instanceof ElementPath.Union union) {
      return union.parts().stream().flatMap(part -> places(part, root));
    }
    if (path instanceof ElementPath.SaidAndNotFalse said) {
      return places(said.from(), root);
    }
    return Stream.of(root);
  }

  private static Stream<Place> children(Place place, String name) {
    return place.type().children().stream()
        .filter(child -> child.name().equals(name))
        .map(
            child ->
                new Place(
                    place.path() + ".\"" + child.jsonName() + '"',
                    child.type(),
                    place.repeats() || child.repeats()));
  }
}
