package io.yitong.hub.fhir;

import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;

/** What an operation answers: a resource of the model, or one that is text already. */
public sealed interface OperationAnswer {
  /** Whose data it is, when exactly one patient's; for the audit. */
  Optional<String> patientId();

  static OperationAnswer of(Resource resource) {
    return new Model(resource, Optional.empty());
  }

  /** Encoded by {@code api}. */
  record Model(Resource resource, Optional<String> patientId) implements OperationAnswer {}

  /**
   * Sent as it is: stored bytes in their frame are not parsed to be written again.
   *
   * @param json one resource, UTF-8
   * @param location where it is stored, relative to the FHIR base
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Text(byte[] json, Optional<String> patientId, Optional<String> location)
      implements OperationAnswer {
    public Text(byte[] json, Optional<String> patientId) {
      this(json, patientId, Optional.empty());
    }
  }
}
