package io.yitong.hub.api.operation;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.ChangeMeta;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code [type]/[id]/$meta-add} (FHIR R4, Resource-meta-add): adds profiles, tags and security
 * labels. No new version is made.
 */
@ApplicationScoped
class AddMeta implements Operation {
  private final AccessRules rules;
  private final ReadResource read;
  private final ChangeMeta change;

  AddMeta(AccessRules rules, ReadResource read, ChangeMeta change) {
    this.rules = rules;
    this.read = read;
    this.change = change;
  }

  @Override
  public OperationName name() {
    return new OperationName("meta-add");
  }

  @Override
  public Set<ResourceType> on() {
    return ResourceNames.stored();
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN, Role.OPERATOR);
  }

  @Override
  public String definition() {
    return "http://hl7.org/fhir/OperationDefinition/Resource-meta-add";
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = MetaParts.asked(call);
    var key = new ResourceKey(call.type().orElseThrow(), new Asked(call).id());
    var context = rules.writing(call.caller(), key.type(), Permission.UPDATE);
    Absence.require(read, key, call.filter());
    var meta = change.change(key, before -> MetaParts.added(before, asked), context);
    return OperationAnswer.of(MetaParts.answer(MetaParts.read(meta)));
  }
}
