package io.yitong.hub.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.write.TransactionEntry.Change;
import java.util.ArrayList;
import java.util.List;

/** JSON Patch (RFC 6902). All operations or none: the document they work on is a copy. */
final class JsonPatch implements Change {
  private final List<JsonPatchOperation> operations;

  private JsonPatch(List<JsonPatchOperation> operations) {
    this.operations = operations;
  }

  /**
   * @throws HubException PATCH_MALFORMED naming the operation by its index
   */
  static JsonPatch parse(byte[] body) {
    var document = PatchTree.read(body);
    if (!document.isArray()) {
      throw new HubException(ErrorCode.PATCH_MALFORMED, "", 0, "[ … ]");
    }
    var operations = new ArrayList<JsonPatchOperation>();
    for (var operation : document) {
      operations.add(JsonPatchOperation.of(operations.size(), operation));
    }
    return new JsonPatch(operations);
  }

  @Override
  public ResourceJson of(StoredResource current) {
    return PatchTree.changed(current, apply(PatchTree.of(current)));
  }

  JsonNode apply(JsonNode document) {
    var result = document;
    for (var operation : operations) {
      result = operation.apply(result);
    }
    return result;
  }
}
