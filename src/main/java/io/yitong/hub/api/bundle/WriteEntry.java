package io.yitong.hub.api.bundle;

import io.yitong.hub.api.patch.Patches;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.json.ResourceJson;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.write.TransactionEntry;
import io.yitong.hub.record.write.TransactionEntry.Delete;
import io.yitong.hub.record.write.TransactionEntry.DeleteIf;
import io.yitong.hub.record.write.TransactionEntry.Patch;
import io.yitong.hub.record.write.TransactionEntry.PatchIf;
import io.yitong.hub.record.write.TransactionEntry.Post;
import io.yitong.hub.record.write.TransactionEntry.PostIf;
import io.yitong.hub.record.write.TransactionEntry.Put;
import io.yitong.hub.record.write.TransactionEntry.PutIf;
import io.yitong.hub.record.write.TransactionEntry.Request;

/** POST, PUT, PATCH and DELETE as entries of a transaction. */
final class WriteEntry {
  private WriteEntry() {}

  static TransactionEntry of(BundleEntry entry) {
    return new TransactionEntry(entry.number(), entry.fullUrl(), request(entry));
  }

  /** DELETE, POST, PUT and PATCH (FHIR R4, 3.1.0.11.2). */
  static int order(BundleEntry entry) {
    return switch (entry.method()) {
      case "DELETE" -> 0;
      case "POST" -> 1;
      default -> 2;
    };
  }

  static Permission permission(BundleEntry entry) {
    return switch (entry.method()) {
      case "POST" -> Permission.CREATE;
      case "DELETE" -> Permission.DELETE;
      default -> Permission.UPDATE;
    };
  }

  private static Request request(BundleEntry entry) {
    return switch (entry.method()) {
      case "POST" -> post(entry);
      case "PUT" -> put(entry);
      case "PATCH" -> {
        var change = Patches.of(entry.resourceSent());
        yield entry.namesInstance()
            ? new Patch(entry.key(), entry.expected(), change)
            : new PatchIf(entry.type(), entry.criterion(), entry.expected(), change);
      }
      case "DELETE" ->
          entry.namesInstance()
              ? new Delete(entry.key(), entry.expected())
              : new DeleteIf(entry.type(), entry.criterion(), entry.expected());
      default -> throw entry.invalid("request.method " + entry.method());
    };
  }

  private static Request post(BundleEntry entry) {
    if (entry.namesInstance()) {
      throw entry.invalid("request.url");
    }
    var resource = ResourceDraft.of(entry.resourceOf(entry.type()));
    var criterion = entry.ifNoneExist();
    return criterion.isBlank() ? new Post(resource) : new PostIf(resource, criterion);
  }

  private static Request put(BundleEntry entry) {
    var resource = entry.resourceOf(entry.type());
    if (!entry.namesInstance()) {
      return new PutIf(
          entry.type(), entry.criterion(), ResourceDraft.of(resource), entry.expected());
    }
    requireId(entry, resource);
    return new Put(entry.key(), ResourceDraft.of(resource), entry.expected());
  }

  /** Without an id, or with the urn that the entry goes by, the address says it. */
  private static void requireId(BundleEntry entry, ResourceJson resource) {
    var id = entry.key().id();
    resource
        .id()
        .filter(own -> !own.startsWith("urn:") && !own.equals(id))
        .ifPresent(
            own -> {
              throw new HubException(
                  ErrorCode.RESOURCE_ID_MISMATCH,
                  "Bundle.entry[" + entry.number() + "].resource.id",
                  own,
                  id);
            });
  }
}
