package io.yitong.hub.record.patient;

import io.yitong.hub.record.StoredResource;
import java.util.List;
import java.util.Optional;

/**
 * One page of a patient's record.
 *
 * @param record the Patient first, then by type
 * @param supporting what these refer to that is in no patient's record
 */
public record PatientRecordPage(
    List<StoredResource> record,
    List<StoredResource> supporting,
    Optional<PatientRecordCursor> next) {}
