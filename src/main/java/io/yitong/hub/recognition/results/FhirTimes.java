package io.yitong.hub.recognition.results;

import io.yitong.hub.recognition.decision.RegionTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** FHIR dateTime as a moment. */
final class FhirTimes {
  private FhirTimes() {}

  /** A day stands for its beginning; a year or month says too little and is as good as unknown. */
  static Optional<Instant> instant(String written) {
    try {
      return switch (written.length()) {
        case 0, 4, 7 -> Optional.empty();
        case 10 -> Optional.of(LocalDate.parse(written).atStartOfDay(RegionTime.ZONE).toInstant());
        default -> Optional.of(OffsetDateTime.parse(written).toInstant());
      };
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
