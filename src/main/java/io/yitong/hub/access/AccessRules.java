package io.yitong.hub.access;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.hl7.fhir.r4.model.ResourceType;

/** The rules above the scopes, composed in one place. */
@ApplicationScoped
public class AccessRules {
  /**
   * What {@code caller} may see when it reads or searches {@code type}.
   *
   * @throws io.yitong.hub.fhir.HubException SCOPE_MISSING or NOT_PERMITTED
   */
  public ReadFilter reading(Caller caller, ResourceType type, Permission permission) {
    throw new UnsupportedOperationException();
  }

  /**
   * The circumstances under which {@code caller} may write {@code type}; its institution comes from
   * the token, never from the content.
   *
   * @throws io.yitong.hub.fhir.HubException SCOPE_MISSING or NOT_PERMITTED
   */
  public WriteContext writing(Caller caller, ResourceType type, Permission permission) {
    throw new UnsupportedOperationException();
  }
}
