package io.yitong.hub.record;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Writes resources: write steps, versions, index, projections and the change feed's entry, in one
 * database transaction. Joins the caller's JTA transaction when there is one (so that a message's
 * journal status is committed with it), else begins its own.
 */
@ApplicationScoped
public class WriteResources {
  /**
   * A FHIR transaction (R4 3.1.0.11.2): urn:uuid and conditional references resolved, PUT, POST,
   * DELETE and conditional forms, all or nothing.
   *
   * @return one per entry, in order
   */
  public List<Written> transaction(Bundle bundle, WriteContext context) {
    throw new UnsupportedOperationException();
  }

  /**
   * Update or create with the resource's own id.
   *
   * @param expectedVersion If-Match
   */
  public Written put(Resource resource, Optional<Integer> expectedVersion, WriteContext context) {
    throw new UnsupportedOperationException();
  }

  /** Create with an id of the hub's choice. */
  public Written create(Resource resource, WriteContext context) {
    throw new UnsupportedOperationException();
  }

  public Written delete(ResourceKey key, WriteContext context) {
    throw new UnsupportedOperationException();
  }
}
