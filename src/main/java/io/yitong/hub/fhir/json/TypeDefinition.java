package io.yitong.hub.fhir.json;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the specification says of a type's elements, compiled from the model library's definitions
 * when first looked into.
 */
public final class TypeDefinition {
  /** What a type's values look like in JSON. */
  enum Shape {
    PRIMITIVE,
    COMPLEX,
    RESOURCE,
    /** A resource of whatever type its resourceType says. */
    ANY_RESOURCE
  }

  private final String name;
  private final Shape shape;
  private final Supplier<List<ChildDefinition>> compile;
  private volatile Children children;

  private record Children(
      List<ChildDefinition> all, Map<String, ChildDefinition> byJsonName, List<String> required) {}

  TypeDefinition(String name, Shape shape, Supplier<List<ChildDefinition>> compile) {
    this.name = name;
    this.shape = shape;
    this.compile = compile;
  }

  /** The definition of a resource type of FHIR R4; empty when there is no such type. */
  public static Optional<TypeDefinition> ofResource(String type) {
    return Definitions.resource(type);
  }

  public String name() {
    return name;
  }

  public boolean isResource() {
    return shape == Shape.RESOURCE;
  }

  public boolean isPrimitive() {
    return shape == Shape.PRIMITIVE;
  }

  Shape shape() {
    return shape;
  }

  public List<ChildDefinition> children() {
    return compiled().all();
  }

  /** The place that JSON names so. */
  public Optional<ChildDefinition> child(String jsonName) {
    return Optional.ofNullable(compiled().byJsonName().get(jsonName));
  }

  /** Names, as FHIRPath has them, of which there must be an element. */
  List<String> required() {
    return compiled().required();
  }

  private Children compiled() {
    var known = children;
    if (known == null) {
      var all = compile.get();
      known =
          new Children(
              List.copyOf(all),
              all.stream()
                  .collect(
                      java.util.stream.Collectors.toUnmodifiableMap(
                          ChildDefinition::jsonName, child -> child, (first, second) -> first)),
              all.stream()
                  .filter(ChildDefinition::required)
                  .map(ChildDefinition::name)
                  .distinct()
                  .toList());
      children = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return name;
  }
}
