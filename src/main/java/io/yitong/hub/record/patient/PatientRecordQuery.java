package io.yitong.hub.record.patient;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What of a patient's record is asked for.
 *
 * @param types none other; empty for all
 * @param since only what was stored at this moment or later
 * @param from care that had not ended by then; what has no date of care is always in
 * @param until care that had begun before then
 * @param count most resources of the record in one page
 * @param after where the page before ended
 */
public record PatientRecordQuery(
    String patientId,
    Set<ResourceType> types,
    Optional<Instant> since,
    Optional<Instant> from,
    Optional<Instant> until,
    int count,
    Optional<PatientRecordCursor> after) {
  public PatientRecordQuery {
    types = Set.copyOf(types);
  }
}
