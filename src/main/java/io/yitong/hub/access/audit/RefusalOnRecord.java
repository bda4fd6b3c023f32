package io.yitong.hub.access.audit;

import jakarta.enterprise.context.RequestScoped;

/**
 * Whether a refusal of the request under way is on record, so that whoever answers it knows whether
 * it still has to be.
 */
@RequestScoped
public class RefusalOnRecord {
  private boolean there;

  public boolean isThere() {
    return there;
  }

  void enter() {
    there = true;
  }
}
