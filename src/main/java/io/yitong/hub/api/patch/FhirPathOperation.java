package io.yitong.hub.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One operation of a FHIRPath Patch.
 *
 * @param index within the patch, for refusals
 * @param path as sent, for refusals
 */
record FhirPathOperation(
    int index,
    String type,
    String path,
    PatchPath where,
    Map<String, Element> parts,
    Values values) {
  private static final Map<String, Set<String>> NEEDED =
      Map.of(
          "add", Set.of("name", "value"),
          "insert", Set.of("index", "value"),
          "delete", Set.of(),
          "replace", Set.of("value"),
          "move", Set.of("source", "destination"));
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,6}");

  static FhirPathOperation of(int index, Element parameter, byte[] bytes) {
    if (!parameter.value("name").filter("operation"::equals).isPresent()) {
      throw malformed(index, "name");
    }
    var parts = new HashMap<String, Element>();
    for (var part : parameter.children("part")) {
      if (parts.put(part.value("name").orElse(""), part) != null) {
        throw malformed(index, part.value("name").orElse(""));
      }
    }
    var type = text(parts, "type").orElse("");
    var needed = NEEDED.get(type);
    if (needed == null) {
      throw malformed(index, "type \"" + type + "\"");
    }
    needed.stream()
        .filter(name -> !parts.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw malformed(index, name);
            });
    var path = text(parts, "path").orElseThrow(() -> malformed(index, "path"));
    var where =
        ParsePatchPath.parse(path).orElseThrow(() -> malformed(index, "path \"" + path + "\""));
    return new FhirPathOperation(index, type, path, where, parts, new Values(index, bytes));
  }

  private static Optional<String> text(Map<String, Element> parts, String name) {
    return Optional.ofNullable(parts.get(name)).flatMap(part -> part.value("value"));
  }

  void apply(ObjectNode resource) {
    var root = Spot.of(resource);
    switch (type) {
      case "add" -> add(one(root));
      case "insert" -> insert(list(root));
      case "delete" -> delete(root);
      case "replace" -> replace(one(root));
      case "move" -> move(list(root));
      default -> throw new IllegalStateException(type);
    }
  }

  private void add(Spot to) {
    var name = text(parts, "name").orElseThrow(() -> malformed(index, "name"));
    var place = place(to, name);
    var object = to.objectMade();
    var made = value(place);
    if (place.repeats()) {
      Spot.array(object, place.jsonName()).add(made);
    } else if (to.children(place.name()).isEmpty()) {
      object.set(place.jsonName(), made);
    } else {
      throw new HubException(ErrorCode.PATCH_ELEMENT_EXISTS, path, index, path + "." + name);
    }
  }

  private void insert(List<Spot> list) {
    var first = list.get(0);
    array(first).insert(position("index", list.size() + 1), value(first.place()));
    moveBeside(first, list.size(), -1, position("index", list.size() + 1));
  }

  private void delete(Spot root) {
    var found = where.select(root);
    if (found.size() > 1) {
      throw several(found.size());
    }
    found.forEach(this::removable);
    found.forEach(Spot::remove);
    PatchTree.prune(root.value());
  }

  private void removable(Spot spot) {
    if (spot.place() == null) {
      throw malformed(index, "path \"" + path + "\"");
    }
  }

  private void replace(Spot spot) {
    removable(spot);
    var made = value(spot.place());
    if (spot.index() >= 0) {
      array(spot).set(spot.index(), made);
      return;
    }
    var place =
        spot.placeFor(values.type(parts.get("value"))).orElseThrow(() -> malformed(index, "value"));
    spot.remove();
    spot.holder().set(place.jsonName(), made);
  }

  private void move(List<Spot> list) {
    var array = array(list.get(0));
    var source = position("source", list.size());
    var destination = position("destination", list.size());
    array.insert(destination, array.remove(source));
    moveBeside(list.get(0), list.size(), source, destination);
  }

  /** What stands beside primitives (their ids and extensions) moves with them. */
  private static void moveBeside(Spot first, int size, int source, int destination) {
    if (!(first.holder().get("_" + first.place().jsonName()) instanceof ArrayNode beside)) {
      return;
    }
    while (beside.size() < size) {
      beside.addNull();
    }
    if (source < 0) {
      beside.insert(destination, beside.nullNode());
    } else {
      beside.insert(destination, beside.remove(source));
    }
  }

  private JsonNode value(ChildDefinition place) {
    return values.of(parts.get("value"), place.type());
  }

  /** The place of that name; of a choice, of the type that the value has. */
  private ChildDefinition place(Spot in, String name) {
    var type = values.type(parts.get("value"));
    var places = in.type().children().stream().filter(child -> child.name().equals(name)).toList();
    return in.type()
        .child(name)
        .or(() -> places.stream().filter(c -> c.type().name().equals(type)).findFirst())
        .orElseThrow(() -> malformed(index, "name \"" + name + "\""));
  }

  private ArrayNode array(Spot spot) {
    return Spot.array(spot.holder(), spot.place().jsonName());
  }

  private int position(String part, int size) {
    var text = text(parts, part).orElse("");
    if (!POSITION.matcher(text).matches()) {
      throw malformed(index, part);
    }
    var position = Integer.parseInt(text);
    if (position >= size) {
      throw missing(path + "[" + position + "]");
    }
    return position;
  }

  private Spot one(Spot root) {
    var found = where.select(root);
    if (found.isEmpty()) {
      throw missing(path);
    }
    if (found.size() > 1) {
      throw several(found.size());
    }
    return found.get(0);
  }

  /** The whole of one list: part of one, or parts of several, has no positions to speak of. */
  private List<Spot> list(Spot root) {
    var found = where.select(root);
    if (found.isEmpty()) {
      throw missing(path);
    }
    var first = found.get(0);
    var whole =
        first.index() >= 0
            && found.stream().allMatch(spot -> spot.holder() == first.holder())
            && found.size() == array(first).size();
    if (!whole) {
      throw malformed(index, "path \"" + path + "\"");
    }
    return found;
  }

  private HubException missing(String what) {
    return new HubException(ErrorCode.PATCH_TARGET_MISSING, path, index, what);
  }

  private HubException several(int found) {
    return new HubException(ErrorCode.PATCH_TARGET_NOT_ONE, path, index, path, found);
  }

  static HubException malformed(int index, String what) {
    return new HubException(ErrorCode.PATCH_MALFORMED, "", index, what);
  }
}
