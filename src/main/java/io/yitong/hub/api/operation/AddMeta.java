package io.yitong.hub.api.operation;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.ChangeMeta;
import jakarta.inject.Singleton;
import org.hl7.fhir.r4.model.Meta;

/**
 * {@code [type]/[id]/$meta-add} (FHIR R4, Resource-meta-add): adds profiles, tags and security
 * labels. No new version is made.
 */
@Singleton
class AddMeta extends ChangeMetaOperation {
  AddMeta(AccessRules rules, ReadResource read, ChangeMeta change) {
    super(rules, read, change);
  }

  @Override
  public OperationName name() {
    return new OperationName("meta-add");
  }

  @Override
  byte[] changed(byte[] before, Meta asked) {
    return MetaParts.added(before, asked);
  }
}
