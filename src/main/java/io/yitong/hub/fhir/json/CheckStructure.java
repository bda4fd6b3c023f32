package io.yitong.hub.fhir.json;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.Json.Array;
import io.yitong.hub.fhir.json.Json.Kind;
import io.yitong.hub.fhir.json.Json.Member;
import io.yitong.hub.fhir.json.Json.Obj;
import io.yitong.hub.fhir.json.Json.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Makes elements of JSON and holds them to the specification: names, cardinality, JSON shapes,
 * primitive formats, required bindings, targets of references (FHIR R4, 2.6.2 and 2.24). All that
 * is wrong is told at once, up to {@link #MOST}.
 */
final class CheckStructure {
  private static final int MOST = 20;

  private final Lines lines;
  private final List<HubException> findings = new ArrayList<>();

  private CheckStructure(Lines lines) {
    this.lines = lines;
  }

  /**
   * @throws HubException the first finding, the others behind it
   */
  static Element resource(Obj json, Lines lines) {
    var check = new CheckStructure(lines);
    var root = check.resource(json, Optional.empty(), Optional.empty(), -1);
    if (!check.findings.isEmpty()) {
      throw HubException.all(check.findings);
    }
    return root.orElseThrow();
  }

  private Optional<Element> resource(
      Obj json, Optional<Element> parent, Optional<ChildDefinition> place, int index) {
    var where = parent.map(p -> path(p, place.orElseThrow(), index) + ".").orElse("");
    if (!(json.get("resourceType") instanceof Scalar named) || named.kind() != Kind.STRING) {
      find(ErrorCode.ELEMENT_MISSING, where + "resourceType", json.start());
      return Optional.empty();
    }
    var type = TypeDefinition.ofResource(named.text());
    if (type.isEmpty()) {
      find(
          ErrorCode.ELEMENT_VALUE_INVALID,
          where + "resourceType",
          named.start(),
          named.text(),
          "ResourceType");
      return Optional.empty();
    }
    var element =
        new Element(
            parent,
            place.orElseGet(() -> ChildDefinition.root(type.get())),
            type.get(),
            index,
            null,
            json.start(),
            json.end());
    element.typeEndsAt(named.end());
    members(element, json);
    return Optional.of(element);
  }

  private void members(Element element, Obj json) {
    var type = element.definition();
    Map<String, Member> beside = Map.of();
    for (var member : json.members()) {
      if (member.name().startsWith("_")) {
        if (beside.isEmpty()) {
          beside = new HashMap<>();
        }
        beside.put(member.name().substring(1), member);
      }
    }
    for (var member : json.members()) {
      if (member.name().startsWith("_")
          || (type.isResource() && member.name().equals("resourceType"))) {
        continue;
      }
      var place = type.child(member.name());
      if (place.isEmpty()) {
        unknown(element, member);
      } else {
        place(element, place.get(), member.value(), taken(beside, member.name()));
      }
    }
    for (var left : beside.values()) {
      onlyBeside(element, left);
    }
    cardinality(element, json);
  }

  private static Member taken(Map<String, Member> beside, String name) {
    return beside.isEmpty() ? null : beside.remove(name);
  }

  /** {@code _birthDate} without birthDate: extensions of a value that is not there. */
  private void onlyBeside(Element element, Member member) {
    var place = element.definition().child(member.name().substring(1));
    if (place.isEmpty() || !place.get().type().isPrimitive()) {
      unknown(element, member);
    } else if (place.get().repeats()) {
      var items = items(element, place.get(), member.value());
      for (var i = 0; i < items.size(); i++) {
        primitive(element, place.get(), i, null, items.get(i));
      }
    } else {
      primitive(element, place.get(), -1, null, member.value());
    }
  }

  private void place(Element parent, ChildDefinition place, Json value, Member beside) {
    if (place.repeats()) {
      repeating(parent, place, value, beside);
      return;
    }
    if (value instanceof Array) {
      find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, -1), value.start(), shape(place));
      return;
    }
    one(parent, place, -1, value, beside == null ? null : beside.value());
  }

  private void repeating(Element parent, ChildDefinition place, Json value, Member beside) {
    var values = items(parent, place, value);
    List<Json> extensions = beside == null ? List.of() : items(parent, place, beside.value());
    var length = Math.max(values.size(), extensions.size());
    for (var i = 0; i < length; i++) {
      one(
          parent,
          place,
          i,
          i < values.size() ? values.get(i) : null,
          i < extensions.size() ? extensions.get(i) : null);
    }
  }

  private List<Json> items(Element parent, ChildDefinition place, Json value) {
    if (value instanceof Array array && !array.items().isEmpty()) {
      return array.items();
    }
    find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, -1), value.start(), "[ … ]");
    return List.of();
  }

  private void one(Element parent, ChildDefinition place, int index, Json value, Json beside) {
    switch (place.type().shape()) {
      case PRIMITIVE -> primitive(parent, place, index, value, beside);
      case COMPLEX -> complex(parent, place, index, value);
      case ANY_RESOURCE, RESOURCE -> {
        if (value instanceof Obj json) {
          resource(json, Optional.of(parent), Optional.of(place), index).ifPresent(parent::add);
        } else {
          find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, index), value.start(), "{ … }");
        }
      }
    }
  }

  private void complex(Element parent, ChildDefinition place, int index, Json value) {
    if (!(value instanceof Obj json) || json.members().isEmpty()) {
      find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, index), value.start(), "{ … }");
      return;
    }
    var element =
        new Element(
            Optional.of(parent), place, place.type(), index, null, json.start(), json.end());
    parent.add(element);
    members(element, json);
    if (place.type().name().equals("Reference")) {
      target(element, place);
    }
  }

  /**
   * @param value null, or JSON's null, where only extensions stand
   * @param beside the object of id and extensions; null or JSON's null when there is none
   */
  private void primitive(
      Element parent, ChildDefinition place, int index, Json value, Json beside) {
    var extended = beside instanceof Obj json && !json.members().isEmpty();
    if (beside != null && !extended && !isNull(beside)) {
      find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, index), beside.start(), "{ … }");
      return;
    }
    if (value == null || isNull(value)) {
      if (!extended || (value != null && index < 0)) {
        var at = value == null ? beside.start() : value.start();
        find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, index), at, shape(place));
        return;
      }
    } else if (!hasShape(value, place)) {
      find(ErrorCode.ELEMENT_SHAPE_WRONG, path(parent, place, index), value.start(), shape(place));
      return;
    }
    var text = value instanceof Scalar scalar && scalar.kind() != Kind.NULL ? scalar.text() : null;
    var from = text == null ? beside : value;
    var element =
        new Element(
            Optional.of(parent), place, place.type(), index, text, from.start(), from.end());
    parent.add(element);
    if (extended) {
      members(element, (Obj) beside);
    }
    if (text != null) {
      value(element, place, text);
    }
  }

  private void value(Element element, ChildDefinition place, String text) {
    if (!PrimitiveFormat.holds(place.type().name(), text)) {
      find(
          ErrorCode.ELEMENT_VALUE_INVALID,
          element.path(),
          element.start(),
          shortened(text),
          place.type().name());
    } else if (!place.codes().isEmpty() && !place.codes().containsKey(text)) {
      find(
          ErrorCode.CODE_NOT_BOUND,
          element.path(),
          element.start(),
          shortened(text),
          String.join(" | ", new TreeSet<>(place.codes().keySet())));
    }
  }

  /** A relative reference says itself what it leads to. */
  private void target(Element reference, ChildDefinition place) {
    if (place.targets().isEmpty()) {
      return;
    }
    var literal = reference.value("reference").orElse("");
    var slash = literal.indexOf('/');
    if (slash <= 0 || literal.indexOf(':') >= 0 || literal.indexOf('?') >= 0) {
      return;
    }
    if (!place.targets().contains(literal.substring(0, slash))) {
      find(
          ErrorCode.REFERENCE_TARGET_WRONG,
          reference.path() + ".reference",
          reference.start(),
          shortened(literal),
          String.join(" | ", new TreeSet<>(place.targets())));
    }
  }

  private void cardinality(Element element, Obj json) {
    for (var name : element.definition().required()) {
      if (element.child(name).isEmpty() && !isThereInvalid(element, name, json)) {
        find(ErrorCode.ELEMENT_MISSING, element.path() + "." + name, element.start());
      }
    }
    var chosen = new HashSet<String>();
    for (var child : element.children()) {
      if (child.place().isChoice() && !chosen.add(child.name())) {
        find(ErrorCode.ELEMENT_CHOSEN_TWICE, child.path(), child.start(), child.name() + "[x]");
      }
    }
  }

  /** What is there but wrong has been told already; that it is missing would be said too much. */
  private static boolean isThereInvalid(Element element, String name, Obj json) {
    return json.members().stream()
        .map(Member::name)
        .map(member -> member.startsWith("_") ? member.substring(1) : member)
        .anyMatch(
            member ->
                element.definition().child(member).filter(p -> p.name().equals(name)).isPresent());
  }

  private static boolean hasShape(Json value, ChildDefinition place) {
    return value instanceof Scalar scalar
        && scalar.kind()
            == switch (place.type().name()) {
              case "boolean" -> Kind.BOOLEAN;
              case "integer", "unsignedInt", "positiveInt", "decimal" -> Kind.NUMBER;
              default -> Kind.STRING;
            };
  }

  private static String shape(ChildDefinition place) {
    if (!place.type().isPrimitive()) {
      return "{ … }";
    }
    return switch (place.type().name()) {
      case "boolean" -> "true | false";
      case "integer", "unsignedInt", "positiveInt", "decimal" -> "1.5";
      default -> "\"…\"";
    };
  }

  private static boolean isNull(Json value) {
    return value instanceof Scalar scalar && scalar.kind() == Kind.NULL;
  }

  private void unknown(Element element, Member member) {
    find(
        ErrorCode.ELEMENT_UNKNOWN, element.path() + "." + shortened(member.name()), member.start());
  }

  private static String path(Element parent, ChildDefinition place, int index) {
    var path = parent.path() + "." + place.jsonName();
    return index < 0 ? path : path + "[" + index + "]";
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** The texts take the element, its line, and what the code needs besides. */
  private void find(ErrorCode code, String where, int at, String... more) {
    if (findings.size() < MOST) {
      var arguments = new ArrayList<Object>(List.of(where, lines.of(at)));
      arguments.addAll(List.of(more));
      findings.add(new HubException(code, where, arguments.toArray()));
    }
  }
}
