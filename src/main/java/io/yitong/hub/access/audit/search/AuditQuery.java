package io.yitong.hub.access.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which rows of the audit to show; all that is said must hold.
 *
 * @param from first moment
 * @param until first moment after
 * @param agent client or subject
 * @param entity what was asked for, a reference or type
 * @param patient FHIR id
 * @param outcomes codes of AuditEvent.outcome; empty for any
 * @param before only rows with a smaller id: the page after
 */
public record AuditQuery(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> agent,
    Optional<String> entity,
    Optional<String> patient,
    List<Integer> outcomes,
    OptionalLong before,
    int count) {
  public AuditQuery {
    outcomes = List.copyOf(outcomes);
  }
}
