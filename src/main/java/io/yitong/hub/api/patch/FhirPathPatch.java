package io.yitong.hub.api.patch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.write.TransactionEntry.Change;
import java.util.ArrayList;
import java.util.List;

/**
 * FHIRPath Patch: operations as a Parameters resource (FHIR R4, 3.1.0.8.2). All or none: the
 * resource they work on is a copy, held to the specification when all are done.
 */
final class FhirPathPatch implements Change {
  private final List<FhirPathOperation> operations;

  private FhirPathPatch(List<FhirPathOperation> operations) {
    this.operations = operations;
  }

  /**
   * @throws HubException PATCH_MALFORMED naming the operation by its index
   */
  static FhirPathPatch parse(ResourceJson parameters) {
    if (!parameters.root().type().equals("Parameters")) {
      throw new HubException(
          ErrorCode.RESOURCE_TYPE_UNEXPECTED,
          "resourceType",
          parameters.root().type(),
          "Parameters");
    }
    var bytes = parameters.bytes();
    var operations = new ArrayList<FhirPathOperation>();
    for (Element parameter : ResourceJson.read(bytes).root().children("parameter")) {
      operations.add(FhirPathOperation.of(operations.size(), parameter, bytes));
    }
    return new FhirPathPatch(operations);
  }

  @Override
  public ResourceJson of(StoredResource current) {
    var resource = PatchTree.of(current);
    apply(resource);
    return PatchTree.changed(current, resource);
  }

  void apply(ObjectNode resource) {
    operations.forEach(operation -> operation.apply(resource));
  }
}
