package io.yitong.hub.document;

import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Role;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** An operation that answers with a document Bundle, for whoever has patients in care. */
abstract class DocumentOperation implements Operation {
  private final OperationName name;
  private final ResourceType on;
  private final String definition;

  DocumentOperation(String name, ResourceType on, String definition) {
    this.name = new OperationName(name);
    this.on = on;
    this.definition = definition;
  }

  @Override
  public final OperationName name() {
    return name;
  }

  @Override
  public final Set<ResourceType> on() {
    return Set.of(on);
  }

  @Override
  public final Set<Role> roles() {
    return Set.of(Role.HOSPITAL, Role.CLINICIAN);
  }

  @Override
  public final String definition() {
    return definition;
  }

  @Override
  public final boolean readOnly() {
    return true;
  }
}
