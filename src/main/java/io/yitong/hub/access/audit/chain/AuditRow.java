package io.yitong.hub.access.audit.chain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one row of the audit says, before it has its place in a chain. Texts are fit to be stored:
 * no NUL, no half of a surrogate pair.
 *
 * @param at microseconds since 1970-01-01T00:00:00Z
 * @param behalf on whose behalf the client says it asks (X-Requesting-Organization)
 * @param roles codes parted by spaces
 * @param agreement name of the agreement under which another hub called
 * @param action AuditEvent.action: C, R, U, D or E
 * @param patients FHIR ids of the Patients concerned
 * @param outcome AuditEvent.outcome: 0, 4, 8 or 12
 */
public record AuditRow(
    long at,
    String client,
    String subject,
    Optional<String> institution,
    Optional<String> behalf,
    String roles,
    String purpose,
    Optional<String> agreement,
    String action,
    String interaction,
    String what,
    String query,
    List<String> patients,
    int outcome,
    Optional<String> error,
    String correlation) {
  public AuditRow {
    patients = List.copyOf(patients);
  }

  /** As {@link #at} has it. */
  public static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  /** Stored in a column of its own, which has the index. */
  Optional<String> onlyPatient() {
    return patients.size() == 1 ? Optional.of(patients.get(0)) : Optional.empty();
  }

  /** Stored as an array; ids have no spaces. */
  Optional<String> severalPatients() {
    return patients.size() > 1 ? Optional.of(String.join(" ", patients)) : Optional.empty();
  }
}
