package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import java.math.BigDecimal;
import java.util.Date;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
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
import org.hl7.fhir.r4.model.Timing;
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

  /** FHIR R4, 3.1.1.4.8: of a Timing only the outer limits matter. */
  @Test
  void a_timing_is_as_long_as_its_outer_limits() {
    var timing = new Timing();
    timing.addEventElement().setValueAsString("2026-03-05T08:00:00Z");
    timing
        .getRepeat()
        .setBounds(
            new Period()
                .setStartElement(new DateTimeType("2026-03-01T00:00:00Z"))
                .setEndElement(new DateTimeType("2026-03-03T00:00:00Z")));

    var main = index(new Observation().setEffective(timing)).main().orElseThrow();

    assertThat(main.low()).isEqualTo("2026-03-01T00:00:00Z");
    assertThat(main.high()).isEqualTo("2026-03-05T08:00:01Z");
  }

  @Test
  void a_quantity_of_ucum_is_kept_in_base_units_and_as_written() {
    var observation =
        new Observation()
            .setValue(new Quantity(5).setSystem(NamingSystems.UCUM).setCode("mg").setUnit("毫克"));

    assertThat(index(observation).quantities())
        .hasSize(1)
        .allSatisfy(
            quantity -> {
              assertThat(quantity.canonical().low().orElseThrow()).isEqualByComparingTo("0.005");
              assertThat(quantity.written().low()).hasValue(new BigDecimal("5"));
              assertThat(quantity.base()).isNotZero();
            });
  }

  @Test
  void what_another_parameter_finds_is_indexed_once() {
    assertThat(OBSERVATION.named("combo-code").orElseThrow().sameAs())
        .extracting(SearchParameter::name)
        .containsExactlyInAnyOrder("code", "component-code");
    assertThat(OBSERVATION.indexed())
        .extracting(SearchParameter::name)
        .contains("code", "component-code")
        .doesNotContain("combo-code");
  }

  @Test
  void a_value_below_a_limit_of_measurement_has_no_lower_end() {
    var observation =
        new Observation()
            .setValue(new Quantity(5).setComparator(QuantityComparator.LESS_THAN).setUnit("U/L"));

    assertThat(index(observation).quantities())
        .allSatisfy(
            quantity -> {
              assertThat(quantity.written().low()).isEmpty();
              assertThat(quantity.written().high()).hasValue(new BigDecimal("5"));
              assertThat(quantity.open()).isEqualTo(OfQuantity.HIGH);
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

  @Test
  void a_source_that_the_hub_gives_is_found_where_the_sender_gave_none() {
    var source = OBSERVATION.named("_source").orElseThrow();
    var silent = new Observation();
    var telling = new Observation();
    telling.getMeta().setSource("urn:sender");

    assertThat(IndexResource.of(Trees.of(silent), "p", "urn:hub").keys())
        .contains(source.literalKey("urn:hub"));
    assertThat(IndexResource.of(Trees.of(telling), "p", "urn:hub").keys())
        .contains(source.literalKey("urn:sender"))
        .doesNotContain(source.literalKey("urn:hub"));
  }

  private static IndexEntries index(Resource resource) {
    return IndexResource.of(Trees.of(resource), "p", "");
  }
}
