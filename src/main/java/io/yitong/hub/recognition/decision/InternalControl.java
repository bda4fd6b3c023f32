package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import java.time.Instant;

/** From a moment on, a laboratory's internal quality control (室内质控) of an item stood so. */
public record InternalControl(InstitutionId laboratory, Loinc item, State state, Instant since) {
  public enum State {
    IN_CONTROL,
    OUT_OF_CONTROL,
    UNKNOWN
  }
}
