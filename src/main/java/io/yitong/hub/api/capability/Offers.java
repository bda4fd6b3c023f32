package io.yitong.hub.api.capability;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What an endpoint serves. The CapabilityStatement claims what the endpoints that are there offer,
 * and nothing else.
 */
public interface Offers {
  /** Of every type that is stored. */
  default Set<TypeRestfulInteraction> onTypes() {
    return Set.of();
  }

  default Set<SystemRestfulInteraction> onSystem() {
    return Set.of();
  }

  /** Operations at addresses of their own. */
  default List<Operation> operations() {
    return List.of();
  }

  /**
   * @param name without the dollar sign
   * @param definition canonical URL of its OperationDefinition
   * @param type empty at the system level
   */
  record Operation(String name, String definition, Optional<ResourceType> type) {}
}
