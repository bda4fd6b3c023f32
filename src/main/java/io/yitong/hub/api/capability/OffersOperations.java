package io.yitong.hub.api.capability;

import java.util.Map;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * An endpoint of its own that serves operations: what it answers is no resource. A CDI bean of this
 * type is listed in the CapabilityStatement.
 */
public interface OffersOperations {
  /** By name without the dollar sign, the canonical URL of the OperationDefinition. */
  Map<String, String> onSystem();

  /** The same, on a type or its instances. */
  Map<String, String> on(ResourceType type);
}
