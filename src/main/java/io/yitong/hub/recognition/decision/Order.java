package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What a doctor is about to order.
 *
 * @param institution where
 * @param birthDate of the patient, when known
 */
public record Order(InstitutionId institution, Optional<LocalDate> birthDate, List<Line> lines) {

  /**
   * One draft order.
   *
   * @param draft how the asker calls it, for example {@code ServiceRequest/draft-1}
   * @param codes charge item or LOINC codes it is ordered by
   */
  public record Line(String draft, List<Code> codes) {
    public Line {
      codes = List.copyOf(codes);
    }
  }

  public record Code(String system, String code) {}

  public Order {
    lines = List.copyOf(lines);
  }
}
