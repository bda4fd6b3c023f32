package io.yitong.hub.api.operation;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.ChangeMeta;
import java.util.Set;
import org.hl7.fhir.r4.model.Meta;
import org.hl7.fhir.r4.model.ResourceType;

/** What {@code $meta-add} and {@code $meta-delete} have in common. No new version is made. */
abstract class ChangeMetaOperation implements Operation {
  private final AccessRules rules;
  private final ReadResource read;
  private final ChangeMeta change;

  ChangeMetaOperation(AccessRules rules, ReadResource read, ChangeMeta change) {
    this.rules = rules;
    this.read = read;
    this.change = change;
  }

  @Override
  public Set<ResourceType> on() {
    return ResourceNames.stored();
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.OPERATOR);
  }

  /** The canonical URL of the specification, whose end is the name. */
  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Resource-" + name().value();
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  /**
   * @param before JSON of the meta element
   * @param asked the parts named by the call
   * @return JSON of the meta element as it shall be
   */
  abstract byte[] changed(byte[] before, Meta asked);

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = MetaParts.asked(call);
    var key = new ResourceKey(call.type().orElseThrow(), new Asked(call).id());
    var context = rules.writing(call.caller(), key.type(), Permission.UPDATE);
    Absence.require(read, key, call.filter());
    var meta = change.change(key, before -> changed(before, asked), context);
    return OperationAnswer.of(MetaParts.answer(MetaParts.read(meta)));
  }
}
