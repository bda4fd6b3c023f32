package io.yitong.hub.api.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.Parameters;

/**
 * Profiles, tags and security labels as sets: of a profile the URL counts, of the others system and
 * code, whatever version and display say (FHIR R4, Resource-meta-add). What stays keeps its bytes'
 * content, extensions too.
 */
final class MetaParts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CODED = List.of("security", "tag");

  private MetaParts() {}

  /** The parameter {@code meta} of meta-add and meta-delete. */
  static Meta asked(Invocation call) {
    var given = call.parameters().getParameter();
    if (given.stream().anyMatch(each -> !"meta".equals(each.getName()))) {
      throw Asked.invalid(given.get(0).getName(), "meta");
    }
    if (given.size() != 1 || !(given.get(0).getValue() instanceof Meta meta)) {
      throw new HubException(ErrorCode.PARAMETER_MISSING, "meta", "meta");
    }
    return meta;
  }

  static Parameters answer(Meta meta) {
    var parameters = new Parameters();
    parameters.addParameter().setName("return").setValue(meta);
    return parameters;
  }

  /** The meta of a stored resource. */
  static byte[] ofResource(byte[] json) {
    return write(tree(json).withObject("/meta"));
  }

  static Meta read(byte[] json) {
    var meta = new Meta();
    var node = tree(json);
    node.path("profile").forEach(each -> meta.addProfile(each.asText()));
    node.path("security").forEach(each -> meta.addSecurity(coding(each)));
    node.path("tag").forEach(each -> meta.addTag(coding(each)));
    if (node.has("versionId")) {
      meta.setVersionId(node.get("versionId").asText());
    }
    if (node.has("lastUpdated")) {
      meta.getLastUpdatedElement().setValueAsString(node.get("lastUpdated").asText());
    }
    if (node.has("source")) {
      meta.setSource(node.get("source").asText());
    }
    return meta;
  }

  /** With what {@code more} has and {@code json} has not. */
  static byte[] added(byte[] json, Meta more) {
    var meta = tree(json);
    for (var profile : more.getProfile()) {
      var held = array(meta, "profile");
      if (indexOf(held, profile.getValue()) < 0) {
        held.add(profile.getValue());
        if (meta.get("_profile") instanceof ArrayNode beside) {
          beside.addNull();
        }
      }
    }
    for (var kind : CODED) {
      for (var coding : codings(more, kind)) {
        var held = array(meta, kind);
        if (indexOf(held, coding) < 0) {
          held.add(node(coding));
        }
      }
    }
    return write(meta);
  }

  /** Without what {@code less} has. */
  static byte[] removed(byte[] json, Meta less) {
    var meta = tree(json);
    for (var profile : less.getProfile()) {
      var at = indexOf(array(meta, "profile"), profile.getValue());
      if (at >= 0) {
        array(meta, "profile").remove(at);
        if (meta.get("_profile") instanceof ArrayNode beside) {
          beside.remove(at);
        }
      }
    }
    for (var kind : CODED) {
      for (var coding : codings(less, kind)) {
        var at = indexOf(array(meta, kind), coding);
        if (at >= 0) {
          array(meta, kind).remove(at);
        }
      }
    }
    return write(meta);
  }

  private static List<Coding> codings(Meta meta, String kind) {
    return kind.equals("tag") ? meta.getTag() : meta.getSecurity();
  }

  private static ArrayNode array(ObjectNode meta, String name) {
    return meta.get(name) instanceof ArrayNode array ? array : meta.putArray(name);
  }

  private static int indexOf(ArrayNode held, String profile) {
    for (var i = 0; i < held.size(); i++) {
      if (held.get(i).asText().equals(profile)) {
        return i;
      }
    }
    return -1;
  }

  private static int indexOf(ArrayNode held, Coding coding) {
    for (var i = 0; i < held.size(); i++) {
      var each = coding(held.get(i));
      if (String.valueOf(each.getSystem()).equals(String.valueOf(coding.getSystem()))
          && String.valueOf(each.getCode()).equals(String.valueOf(coding.getCode()))) {
        return i;
      }
    }
    return -1;
  }

  private static Coding coding(JsonNode node) {
    return new Coding(text(node, "system"), text(node, "code"), text(node, "display"))
        .setVersion(text(node, "version"));
  }

  private static ObjectNode node(Coding coding) {
    var node = JSON.createObjectNode();
    put(node, "system", coding.getSystem());
    put(node, "version", coding.getVersion());
    put(node, "code", coding.getCode());
    put(node, "display", coding.getDisplay());
    return node;
  }

  private static void put(ObjectNode node, String name, String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static String text(JsonNode node, String name) {
    return node.has(name) ? node.get(name).asText() : null;
  }

  private static ObjectNode tree(byte[] json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a stored meta is JSON", e);
    }
  }

  /** FHIR has no empty arrays. */
  private static byte[] write(ObjectNode meta) {
    for (var name : List.of("profile", "_profile", "security", "tag")) {
      if (meta.get(name) instanceof ArrayNode array && array.isEmpty()) {
        meta.remove(name);
      }
    }
    try {
      return JSON.writeValueAsBytes(meta);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
