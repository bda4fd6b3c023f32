package io.yitong.hub.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;

/** What a laboratory says of a value (HL7 v3 ObservationInterpretation), as far as it is shown. */
enum Flag {
  NORMAL,
  HIGH,
  LOW,
  CRITICAL_HIGH,
  CRITICAL_LOW,
  ABNORMAL;

  @JsonValue
  String code() {
    return Codes.of(this);
  }

  /** The first interpretation that is understood. */
  static Optional<Flag> of(Observation observation) {
    return observation.getInterpretation().stream()
        .flatMap(concept -> concept.getCoding().stream())
        .map(Coding::getCode)
        .filter(Objects::nonNull)
        .flatMap(code -> read(code).stream())
        .findFirst();
  }

  private static Optional<Flag> read(String code) {
    return switch (code) {
      case "N" -> Optional.of(NORMAL);
      case "H", "HU", ">" -> Optional.of(HIGH);
      case "L", "LU", "<" -> Optional.of(LOW);
      case "HH" -> Optional.of(CRITICAL_HIGH);
      case "LL" -> Optional.of(CRITICAL_LOW);
      case "A", "AA" -> Optional.of(ABNORMAL);
      default -> Optional.empty();
    };
  }
}
