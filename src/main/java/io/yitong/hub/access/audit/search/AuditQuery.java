package io.yitong.hub.access.audit.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows of the audit to show; all that is said must hold.
 *
 * @param from first moment
 * @param until first moment after
 * @param agent client, subject or whoever the client asked on behalf of
 * @param entity what was asked for, a reference or type
 * @param patients FHIR ids, one of which is concerned; empty for any
 * @param outcomes codes of AuditEvent.outcome; empty for any
 * @param subtype interaction or operation
 * @param before only rows older than this one: the page after
 */
public record AuditQuery(
    Optional<Instant> from,
    Optional<Instant> until,
    Optional<String> agent,
    Optional<String> entity,
    Set<String> patients,
    List<Integer> outcomes,
    Optional<String> purpose,
    Optional<String> action,
    Optional<String> subtype,
    Optional<RowId> id,
    Optional<Place> before,
    int count) {
  public AuditQuery {
    patients = Set.copyOf(patients);
    outcomes = List.copyOf(outcomes);
  }

  /** The row of that id, when it is among those of the patients. */
  public static AuditQuery of(RowId id, Set<String> patients) {
    return new AuditQuery(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        patients,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(id),
        Optional.empty(),
        1);
  }

  /** The same of these patients alone. */
  public AuditQuery among(Set<String> only) {
    return new AuditQuery(
        from, until, agent, entity, only, outcomes, purpose, action, subtype, id, before, count);
  }
}
