package io.yitong.hub.fhir;

import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A FHIR operation. A CDI bean of this type is served by {@code api} and listed in the
 * CapabilityStatement.
 */
public interface Operation {
  OperationName name();

  /** The types it is offered on; empty for the system level alone. */
  Set<ResourceType> on();

  /** Whether it is offered on the system as a whole; besides its types, when it has any. */
  default boolean onSystem() {
    return on().isEmpty();
  }

  /** The roles that may call it; scopes are checked besides. */
  Set<Role> roles();

  /** Canonical URL of its OperationDefinition, for the CapabilityStatement. */
  String definition();

  /** Whether GET will do (FHIR R4, 3.2.0: only when it changes nothing). */
  boolean readOnly();

  /**
   * Whether it takes what was posted as {@link Invocation#body()}, unread: it judges bodies that
   * cannot be read, or tells where in them a fault stands.
   */
  default boolean readsBodyItself() {
    return false;
  }

  OperationAnswer invoke(Invocation call);
}
