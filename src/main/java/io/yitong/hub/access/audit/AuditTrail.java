package io.yitong.hub.access.audit;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Appends to the audit; joins the caller's transaction when there is one. What cannot be recorded
 * is not done.
 */
@ApplicationScoped
public class AuditTrail {
  public void record(Access access) {
    throw new UnsupportedOperationException();
  }
}
