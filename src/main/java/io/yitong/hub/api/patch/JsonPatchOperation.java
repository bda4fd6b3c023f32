package io.yitong.hub.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One operation of a JSON Patch (RFC 6902, 4).
 *
 * @param index within the patch, for refusals
 * @param path tokens of the JSON Pointer (RFC 6901), escapes undone
 */
record JsonPatchOperation(
    int index, String op, List<String> path, List<String> from, Optional<JsonNode> value) {
  private static final Set<String> WITH_VALUE = Set.of("add", "replace", "test");
  private static final Set<String> WITH_FROM = Set.of("move", "copy");
  private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** Numbers are equal when their values are, however they are written (RFC 6902, 4.6). */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  static JsonPatchOperation of(int index, JsonNode json) {
    var op = json.path("op").asText("");
    if (!WITH_VALUE.contains(op) && !WITH_FROM.contains(op) && !op.equals("remove")) {
      throw malformed(index, "op \"" + op + "\"");
    }
    if (WITH_VALUE.contains(op) && !json.has("value")) {
      throw malformed(index, "value");
    }
    return new JsonPatchOperation(
        index,
        op,
        pointer(index, "path", json),
        WITH_FROM.contains(op) ? pointer(index, "from", json) : List.of(),
        Optional.ofNullable(json.get("value")));
  }

  private static List<String> pointer(int index, String member, JsonNode json) {
    var text = json.path(member);
    if (!text.isTextual() || (!text.asText().isEmpty() && !text.asText().startsWith("/"))) {
      throw malformed(index, member);
    }
    return Stream.of(text.asText().split("/", -1))
        .skip(1)
        .map(token -> token.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** Changes the document, or answers another when it is replaced as a whole. */
  JsonNode apply(JsonNode document) {
    return switch (op) {
      case "add" -> add(document, value.orElseThrow().deepCopy());
      case "remove" -> {
        remove(document, path);
        yield document;
      }
      case "replace" -> replace(document, value.orElseThrow().deepCopy());
      case "move" -> move(document);
      case "copy" -> add(document, there(document, from).deepCopy());
      case "test" -> test(document);
      default -> throw new IllegalStateException(op);
    };
  }

  private JsonNode add(JsonNode document, JsonNode added) {
    if (path.isEmpty()) {
      return added;
    }
    var parent = there(document, parent(path));
    var last = path.get(path.size() - 1);
    if (parent instanceof ObjectNode object) {
      object.set(last, added);
    } else if (parent instanceof ArrayNode array) {
      array.insert(last.equals("-") ? array.size() : position(last, array.size() + 1), added);
    } else {
      throw missing(path);
    }
    return document;
  }

  private JsonNode remove(JsonNode document, List<String> target) {
    var removed = there(document, target);
    if (target.isEmpty()) {
      throw missing(target);
    }
    var parent = there(document, parent(target));
    var last = target.get(target.size() - 1);
    if (parent instanceof ObjectNode object) {
      object.remove(last);
    } else {
      ((ArrayNode) parent).remove(position(last, parent.size()));
    }
    return removed;
  }

  private JsonNode replace(JsonNode document, JsonNode replacement) {
    if (path.isEmpty()) {
      return replacement;
    }
    there(document, path);
    var parent = there(document, parent(path));
    var last = path.get(path.size() - 1);
    if (parent instanceof ObjectNode object) {
      object.set(last, replacement);
    } else {
      ((ArrayNode) parent).set(position(last, parent.size()), replacement);
    }
    return document;
  }

  private JsonNode move(JsonNode document) {
    if (path.size() > from.size() && path.subList(0, from.size()).equals(from)) {
      throw malformed(index, "from");
    }
    return add(document, remove(document, from));
  }

  private JsonNode test(JsonNode document) {
    if (!there(document, path).equals(BY_VALUE, value.orElseThrow())) {
      throw new HubException(ErrorCode.PATCH_TEST_FAILED, written(path), index, written(path));
    }
    return document;
  }

  private JsonNode there(JsonNode document, List<String> target) {
    var at = document;
    for (var token : target) {
      at =
          switch (at.getNodeType()) {
            case OBJECT -> at.get(token);
            case ARRAY -> at.get(position(token, at.size()));
            default -> null;
          };
      if (at == null) {
        throw missing(target);
      }
    }
    return at;
  }

  private int position(String token, int size) {
    if (!POSITION.matcher(token).matches() || Integer.parseInt(token) >= size) {
      throw missing(path);
    }
    return Integer.parseInt(token);
  }

  private static List<String> parent(List<String> target) {
    return target.subList(0, target.size() - 1);
  }

  private HubException missing(List<String> target) {
    return new HubException(
        ErrorCode.PATCH_TARGET_MISSING, written(target), index, written(target));
  }

  private static String written(List<String> target) {
    var text = new StringBuilder();
    target.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
    return text.length() == 0 ? "/" : text.toString();
  }

  private static HubException malformed(int index, String what) {
    return new HubException(ErrorCode.PATCH_MALFORMED, "", index, what);
  }
}
