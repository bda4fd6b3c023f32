package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.Table;
import io.yitong.hub.mapping.lab.SpecimenFacts;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;

/**
 * What all results of one OBR have in common.
 *
 * @param report id of its DiagnosticReport
 * @param code what was ordered; empty when OBR-4 is
 * @param section OBR-24
 * @param collected OBR-7; empty when unknown
 * @param laboratory the sender, where a result names no other
 */
record ReportFacts(
    String report,
    OrderNumbers numbers,
    CodeableConcept code,
    String section,
    String status,
    Optional<PartialTime> collected,
    Optional<InstantType> issued,
    Reference patient,
    Optional<Reference> encounter,
    Reference laboratory,
    Reference order,
    Optional<SpecimenFacts> specimen) {
  private static final Table SECTIONS = Table.load("/mapping/hl7v2/diagnostic-sections.csv");
  static final Table STATUSES = Table.load("/mapping/hl7v2/report-status.csv");

  /** Code of the observation category: laboratory unless the section says otherwise. */
  String category() {
    return SECTIONS.of(section).orElse("laboratory");
  }

  boolean sectionKnown() {
    return SECTIONS.has(section);
  }

  /** OBR-7, else when the specimen was collected. */
  Optional<PartialTime> effective() {
    return collected.or(() -> specimen.flatMap(SpecimenFacts::collected));
  }
}
