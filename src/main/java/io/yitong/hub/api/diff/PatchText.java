package io.yitong.hub.api.diff;

import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.Splice;
import io.yitong.hub.fhir.json.TypeDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a FHIRPath Patch (FHIR R4, 3.1.0.8.2): values are copied from the resource they come from;
 * those of a type that no parameter can hold are told by their parts.
 */
final class PatchText {
  /** The types a parameter's value may have, to the member's name. */
  private static final Map<String, String> VALUES =
      TypeDefinition.ofResource("Parameters")
          .orElseThrow()
          .child("parameter")
          .orElseThrow()
          .type()
          .children()
          .stream()
          .filter(child -> child.name().equals("value"))
          .collect(
              Collectors.toUnmodifiableMap(
                  child -> child.type().name(), ChildDefinition::jsonName, (one, same) -> one));

  private final byte[] source;
  private final List<String> operations = new ArrayList<>();

  /**
   * @param source of the elements whose values are told
   */
  PatchText(byte[] source) {
    this.source = source;
  }

  void add(String path, String name, Element value) {
    operation("add", path, text("name", "valueString", name), value("value", value));
  }

  void insert(String path, int index, Element value) {
    operation(
        "insert",
        path,
        "{\"name\":\"index\",\"valueInteger\":" + index + "}",
        value("value", value));
  }

  void replace(String path, Element value) {
    operation("replace", path, value("value", value));
  }

  void delete(String path) {
    operation("delete", path);
  }

  /** Whether the value stands in the patch whole, extensions of primitives inside it included. */
  static boolean isWhole(Element value) {
    return value.isResource()
        || (!value.definition().isPrimitive() && VALUES.containsKey(value.type()));
  }

  byte[] write() {
    var parameters =
        operations.isEmpty()
            ? ""
            : operations.stream().collect(Collectors.joining(",", ",\"parameter\":[", "]"));
    return ("{\"resourceType\":\"Parameters\"" + parameters + "}").getBytes(StandardCharsets.UTF_8);
  }

  private void operation(String type, String path, String... more) {
    var parts = new ArrayList<String>();
    parts.add(text("type", "valueCode", type));
    parts.add(text("path", "valueString", path));
    parts.addAll(List.of(more));
    operations.add("{\"name\":\"operation\",\"part\":[" + String.join(",", parts) + "]}");
  }

  private static String text(String name, String member, String value) {
    return "{\"name\":" + Splice.quoted(name) + ",\"" + member + "\":" + Splice.quoted(value) + "}";
  }

  private String value(String name, Element value) {
    var start = "{\"name\":" + Splice.quoted(name) + ",";
    if (value.isResource()) {
      return start + "\"resource\":" + copied(value) + "}";
    }
    var member = VALUES.get(value.type());
    if (member == null && value.definition().isPrimitive()) {
      member = "valueString"; // xhtml
    }
    if (member != null) {
      return start + "\"" + member + "\":" + copied(value) + "}";
    }
    return value.children().stream()
        .filter(part -> !part.definition().isPrimitive() || part.value().isPresent())
        .map(part -> value(part.name(), part))
        .collect(Collectors.joining(",", start + "\"part\":[", "]}"));
  }

  private String copied(Element value) {
    return new String(source, value.start(), value.end() - value.start(), StandardCharsets.UTF_8);
  }
}
