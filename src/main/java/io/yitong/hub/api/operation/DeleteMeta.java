package io.yitong.hub.api.operation;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.ChangeMeta;
import jakarta.inject.Singleton;
import org.hl7.fhir.r4.model.Meta;

/**
 * {@code [type]/[id]/$meta-delete} (FHIR R4, Resource-meta-delete): takes profiles, tags and
 * security labels away; those it does not have are passed over. No new version is made.
 */
@Singleton
class DeleteMeta extends ChangeMetaOperation {
  DeleteMeta(AccessRules rules, ReadResource read, ChangeMeta change) {
    super(rules, read, change);
  }

  @Override
  public OperationName name() {
    return new OperationName("meta-delete");
  }

  @Override
  byte[] changed(byte[] before, Meta asked) {
    return MetaParts.removed(before, asked);
  }
}
