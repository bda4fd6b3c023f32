package io.yitong.hub.access.token;

import io.yitong.hub.fhir.Caller;
import jakarta.enterprise.context.RequestScoped;

/** The caller of the request under way, made from its verified token. */
@RequestScoped
public class CurrentCaller {
  /**
   * @throws io.yitong.hub.fhir.HubException NOT_AUTHENTICATED
   */
  public Caller get() {
    throw new UnsupportedOperationException();
  }
}
