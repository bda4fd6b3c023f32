package io.yitong.hub.access.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One row of the audit as it stands. */
record AuditRow(
    long id,
    Instant at,
    String client,
    String subject,
    Optional<String> institution,
    List<String> roles,
    String purpose,
    Optional<String> agreement,
    String action,
    String interaction,
    String what,
    String query,
    Optional<String> patient,
    int outcome,
    Optional<String> error,
    String correlation) {
  AuditRow {
    roles = List.copyOf(roles);
  }
}
