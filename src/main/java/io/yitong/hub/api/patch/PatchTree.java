package io.yitong.hub.api.patch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.StoredResource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON that can be changed; decimals keep every digit. */
final class PatchTree {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private PatchTree() {}

  static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", e.getOriginalMessage());
    } catch (NumberFormatException e) {
      // of an exponent with more digits than there are numbers for
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode of(StoredResource resource) {
    return (ObjectNode) read(resource.json());
  }

  /** Takes out what has nothing in it any more: no element is empty (FHIR R4, 2.6.2). */
  static void prune(JsonNode node) {
    for (var children = node.elements(); children.hasNext(); ) {
      var child = children.next();
      prune(child);
      if (child.isContainerNode() && child.isEmpty()) {
        children.remove();
      }
    }
  }

  /**
   * The patched resource, held to the specification like any other.
   *
   * @throws HubException when it is not the resource that it was
   */
  static ResourceJson changed(StoredResource was, JsonNode now) {
    var key = was.key();
    var id = now.path("id").asText("-");
    if (!id.equals(key.id())) {
      throw new HubException(ErrorCode.RESOURCE_ID_MISMATCH, key.type() + ".id", id, key.id());
    }
    var type = now.path("resourceType").asText("-");
    if (!type.equals(key.type().name())) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED, "resourceType", type, key.type().name());
    }
    try {
      return ResourceJson.read(JSON.writeValueAsBytes(now));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
