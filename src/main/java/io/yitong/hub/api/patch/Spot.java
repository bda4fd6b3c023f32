package io.yitong.hub.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.TypeDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One element of a resource and where it stands, so that it can be changed there.
 *
 * @param holder the object it is a member of; null of the resource itself
 * @param within the type of that object; null of the resource itself
 * @param place null of the resource itself
 * @param index within its array; negative when there can be only one
 * @param value a primitive's may be missing while it has extensions
 */
record Spot(
    ObjectNode holder, TypeDefinition within, ChildDefinition place, int index, JsonNode value) {
  static Spot of(ObjectNode resource) {
    return new Spot(null, null, null, -1, resource);
  }

  TypeDefinition type() {
    if (place == null || place.type().name().equals("Resource")) {
      return TypeDefinition.ofResource(value.path("resourceType").asText()).orElseThrow();
    }
    return place.type();
  }

  /**
   * @param name as FHIRPath has it
   */
  List<Spot> children(String name) {
    var found = new ArrayList<Spot>();
    object()
        .ifPresent(
            object ->
                type().children().stream()
                    .filter(child -> child.name().equals(name))
                    .forEach(child -> collect(object, type(), child, found)));
    return found;
  }

  private static void collect(
      ObjectNode object, TypeDefinition type, ChildDefinition child, List<Spot> found) {
    var there = object.get(child.jsonName());
    var beside = child.type().isPrimitive() ? object.get("_" + child.jsonName()) : null;
    if (!child.repeats()) {
      if (there != null || beside != null) {
        found.add(new Spot(object, type, child, -1, there));
      }
      return;
    }
    for (var i = 0; i < Math.max(size(there), size(beside)); i++) {
      found.add(new Spot(object, type, child, i, there == null ? null : there.get(i)));
    }
  }

  private static int size(JsonNode array) {
    return array == null ? 0 : array.size();
  }

  /** The place for a value of that type: a choice has one for each. */
  Optional<ChildDefinition> placeFor(String type) {
    return place.name().equals(place.jsonName())
        ? Optional.of(place)
        : within.children().stream()
            .filter(child -> child.name().equals(place.name()))
            .filter(child -> child.type().name().equals(type))
            .findFirst();
  }

  /** Where its children are: of a primitive, the object beside it, when there is one. */
  Optional<ObjectNode> object() {
    if (!type().isPrimitive()) {
      return Optional.of((ObjectNode) value);
    }
    var beside = holder.get("_" + place.jsonName());
    var own = index >= 0 && beside != null ? beside.get(index) : beside;
    return own instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }

  /** The same, made when there is none. */
  ObjectNode objectMade() {
    return object()
        .orElseGet(
            () -> {
              var made = holder.objectNode();
              var name = "_" + place.jsonName();
              if (index < 0) {
                holder.set(name, made);
              } else {
                var all = array(holder, name);
                while (all.size() <= index) {
                  all.addNull();
                }
                all.set(index, made);
              }
              return made;
            });
  }

  /** The array of that name, made when there is none. */
  static ArrayNode array(ObjectNode holder, String name) {
    return holder.get(name) instanceof ArrayNode there ? there : holder.putArray(name);
  }

  void remove() {
    if (index < 0) {
      holder.remove(List.of(place.jsonName(), "_" + place.jsonName()));
      return;
    }
    removeFrom(place.jsonName());
    removeFrom("_" + place.jsonName());
  }

  private void removeFrom(String name) {
    if (holder.get(name) instanceof ArrayNode array) {
      array.remove(index);
      if (array.isEmpty()) {
        holder.remove(name);
      }
    }
  }
}
