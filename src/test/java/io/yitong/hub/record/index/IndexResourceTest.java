package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.NamingSystems;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

class IndexResourceTest {
  private static final SearchParameters OBSERVATION = SearchParameters.of(ResourceType.Observation);

  @Test
  void a_coding_is_found_by_code_by_system_and_by_both() {
    var observation = new Observation();
    observation.setCode(
        new CodeableConcept().addCoding(new Coding("http://loinc.org", "1742-6", null)));
    var code = OBSERVATION.named("code").orElseThrow();

    assertThat(index(observation).keys())
        .contains(
            code.codeKey("1742-6"),
            code.systemKey("http://loinc.org"),
            code.systemAndCodeKey("http://loinc.org", "1742-6"),
            code.presentKey())
        .doesNotContain(code.systemAndCodeKey("", "1742-6"))
        .isSorted();
  }

  @Test
  void a_reference_s_key_can_be_made_from_the_target_s_own_hash() {
    var observation = new Observation().setSubject(new Reference("Patient/p/_history/3"));
    var subject = OBSERVATION.named("subject").orElseThrow();

    var entries = index(observation);

    assertThat(entries.keys()).contains(subject.hash() ^ Keys.self(ResourceType.Patient, "p"));
    assertThat(entries.patientId()).contains("p");
  }

  @Test
  void the_main_date_spans_all_it_has_and_an_open_period_has_no_end() {
    var encounter = new Encounter();
    encounter.setPeriod(
        new Period().setStart(Date.from(java.time.Instant.parse("2026-03-01T00:00:00Z"))));

    var main = index(encounter).main().orElseThrow();

    assertThat(main.low()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(main.high()).isEqualTo(DateRange.END);
  }

  @Test
  void a_value_below_a_limit_of_measurement_has_no_lower_end() {
    var observation =
        new Observation()
            .setValue(new Quantity(5).setComparator(QuantityComparator.LESS_THAN).setUnit("U/L"));

    assertThat(index(observation).quantities())
        .allSatisfy(
            quantity -> {
              assertThat(quantity.low()).isEqualTo(Double.NEGATIVE_INFINITY);
              assertThat(quantity.high()).isEqualTo(5);
              assertThat(quantity.units()).containsExactly(Units.bare("U/L"));
            })
        .isNotEmpty();
  }

  @Test
  void a_patient_belongs_to_its_own_record() {
    var patient = new Patient();
    patient.setId("p");

    assertThat(index(patient).patientId()).contains("p");
  }

  @Test
  void a_laboratory_report_is_of_the_category_agreements_speak_of() {
    var report = new DiagnosticReport();
    report.addCategory(
        new CodeableConcept().addCoding(new Coding(NamingSystems.DIAGNOSTIC_SERVICE, "LAB", null)));

    assertThat(index(report).categories()).containsExactly("LAB", "laboratory");
  }

  private static IndexEntries index(Resource resource) {
    return IndexResource.of(Trees.of(resource), "p");
  }
}
