package io.yitong.hub.api;

import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** Gives back its parameters. */
@ApplicationScoped
class EchoOperation implements Operation {
  @Override
  public OperationName name() {
    return new OperationName("echo");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of();
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.HOSPITAL);
  }

  @Override
  public String definition() {
    return "https://yitong.io/fhir/OperationDefinition/echo";
  }

  @Override
  public boolean readOnly() {
    return true;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    return OperationAnswer.of(call.parameters());
  }
}
