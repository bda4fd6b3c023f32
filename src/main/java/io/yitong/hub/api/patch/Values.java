package io.yitong.hub.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.TypeDefinition;
import java.util.Arrays;
import java.util.Optional;

/**
 * Values of a patch's operations: value[x], a resource, or, for elements without a type of their
 * own, parts named like the elements.
 *
 * @param index of the operation, for refusals
 * @param bytes of the Parameters resource
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record Values(int index, byte[] bytes) {

  /** The FHIR type of the value; of parts {@code BackboneElement}. */
  String type(Element parameter) {
    return typed(parameter).map(Element::type).orElse("BackboneElement");
  }

  JsonNode of(Element parameter, TypeDefinition type) {
    var typed = typed(parameter);
    if (typed.isPresent()) {
      return copied(typed.get());
    }
    if (type.isPrimitive() || parameter.children("part").isEmpty()) {
      throw FhirPathOperation.malformed(index, "value");
    }
    var made = JsonNodeFactory.instance.objectNode();
    for (var part : parameter.children("part")) {
      put(made, part, type);
    }
    return made;
  }

  private void put(ObjectNode object, Element part, TypeDefinition type) {
    var name = part.value("name").orElse("");
    var own = type(part);
    ChildDefinition place =
        type.child(name)
            .or(
                () ->
                    type.children().stream()
                        .filter(c -> c.name().equals(name) && c.type().name().equals(own))
                        .findFirst())
            .orElseThrow(() -> FhirPathOperation.malformed(index, "part \"" + name + "\""));
    var value = of(part, place.type());
    if (place.repeats()) {
      Spot.array(object, place.jsonName()).add(value);
    } else {
      object.set(place.jsonName(), value);
    }
  }

  private static Optional<Element> typed(Element parameter) {
    return parameter.child("value").or(() -> parameter.child("resource"));
  }

  private JsonNode copied(Element value) {
    if (value.definition().isPrimitive() && !value.children().isEmpty()) {
      throw FhirPathOperation.malformed(index, "value");
    }
    return PatchTree.read(Arrays.copyOfRange(bytes, value.start(), value.end()));
  }
}
