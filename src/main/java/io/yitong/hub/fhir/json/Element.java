package io.yitong.hub.fhir.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One element of a resource as it was sent. A primitive has a value, or only extensions; everything
 * else has children.
 */
public final class Element {
  private final Optional<Element> parent;
  private final ChildDefinition definition;
  private final TypeDefinition type;
  private final int index;
  private final int start;
  private final int end;
  private List<Element> children = List.of();
  private String value;
  private int typeEnd;

  /**
   * @param definition of the place it stands in; of a resource by itself one without a name
   * @param index among the elements of its name; negative when there can be only one
   */
  Element(
      Optional<Element> parent,
      ChildDefinition definition,
      TypeDefinition type,
      int index,
      String value,
      int start,
      int end) {
    this.parent = parent;
    this.definition = definition;
    this.type = type;
    this.index = index;
    this.value = value;
    this.start = start;
    this.end = end;
  }

  /**
   * A primitive that stands nowhere but follows from what does.
   *
   * @param type a primitive type
   */
  public static Element computed(String type, String value) {
    var definition = Definitions.primitive(type);
    return new Element(
        Optional.empty(), ChildDefinition.root(definition), definition, -1, value, 0, 0);
  }

  /** As FHIRPath has it: {@code value} for {@code valueQuantity}. */
  public String name() {
    return definition.name();
  }

  /** As JSON has it: {@code valueQuantity}. */
  public String jsonName() {
    return definition.jsonName();
  }

  /**
   * The FHIR type: {@code Quantity}, {@code code}; of a resource its type; {@code BackboneElement}
   * of a part without a type of its own.
   */
  public String type() {
    return type.name();
  }

  public TypeDefinition definition() {
    return type;
  }

  /** What the specification says of the place it stands in. */
  public ChildDefinition place() {
    return definition;
  }

  /** Of a primitive, as text; a number as it was written. */
  public Optional<String> value() {
    return Optional.ofNullable(value);
  }

  /** In the order in which they were sent. */
  public List<Element> children() {
    return Collections.unmodifiableList(children);
  }

  /**
   * @param name as FHIRPath has it
   */
  public List<Element> children(String name) {
    List<Element> found = List.of();
    for (var child : children) {
      if (child.name().equals(name)) {
        if (found.isEmpty()) {
          found = new ArrayList<>(2);
        }
        found.add(child);
      }
    }
    return found;
  }

  /** The first of the name. */
  public Optional<Element> child(String name) {
    for (var child : children) {
      if (child.name().equals(name)) {
        return Optional.of(child);
      }
    }
    return Optional.empty();
  }

  /** The value of the first child of the name. */
  public Optional<String> value(String name) {
    return child(name).flatMap(Element::value);
  }

  /** Where the value stands in the bytes, quotation marks and braces included. */
  public int start() {
    return start;
  }

  public int end() {
    return end;
  }

  public boolean isResource() {
    return type.isResource();
  }

  /** {@code Observation.component[1].valueQuantity.value}. */
  public String path() {
    if (parent.isEmpty()) {
      return type.name();
    }
    var place = parent.get().path() + "." + jsonName();
    return index < 0 ? place : place + "[" + index + "]";
  }

  /** Of a resource: where the value of resourceType ends. */
  int typeEnd() {
    return typeEnd;
  }

  void typeEndsAt(int offset) {
    typeEnd = offset;
  }

  void add(Element child) {
    if (children.isEmpty()) {
      children = new ArrayList<>(4);
    }
    children.add(child);
  }

  void replaceValue(String text) {
    value = text;
  }

  @Override
  public String toString() {
    return path();
  }
}
