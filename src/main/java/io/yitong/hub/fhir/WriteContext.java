package io.yitong.hub.fhir;

import java.time.Instant;
import java.util.Optional;

/**
 * The circumstances of one write transaction.
 *
 * @param institution whose data this is; every resource written is owned by it. Empty for the hub's
 *     own resources
 * @param asOf when the sender says this was so (EVN-2, MSH-7); an older state never overwrites a
 *     newer one of the same owner. Empty for API writes, which are guarded by If-Match instead
 * @param source meta.source: the message or system the data came from, a URI
 */
public record WriteContext(
    Caller caller, Optional<InstitutionId> institution, Optional<Instant> asOf, String source) {

  /** Beginning of the source of what a feed's message brought. */
  public static final String MESSAGE = "urn:yitong:message:";

  public boolean ofMessage() {
    return source.startsWith(MESSAGE);
  }

  public CorrelationId correlation() {
    return caller.correlation();
  }
}
