package io.yitong.hub.mapping.hl7v2;

import static io.yitong.hub.mapping.hl7v2.Messages.all;
import static io.yitong.hub.mapping.hl7v2.Messages.header;
import static io.yitong.hub.mapping.hl7v2.Messages.mapped;
import static io.yitong.hub.mapping.hl7v2.Messages.one;
import static io.yitong.hub.mapping.hl7v2.Messages.segment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yitong.hub.fhir.NamingSystems;
import java.time.Instant;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapHl7MessageTest {
  @ParameterizedTest
  @CsvSource({
    "PID|1|77, 77",
    "PID|1||77^^^HIS^MR, 77",
    "PID|1|||77, 77",
    "PID|1|12|77, 77",
    "PID|1||511623198503140019^^^CHN^NI~77, 77",
    "PID|1||88^^^X^PI~77^^^HIS^MR, 77",
    "PID|1|||||||||||||||||77, 77"
  })
  void the_patient_number_stands_where_its_version_has_it(String pid, String number) {
    var success = mapped(header("ADT^A04"), pid);

    assertThat(success.patientNumber()).isEqualTo(number);
    assertThat(one(success, Patient.class).getIdentifierFirstRep().getValue()).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"^^^CHN^NI", "^^^^SFZ", "^^^&2.16.156.10011.1.3&ISO", "^^^^身份证"})
  void a_resident_id_is_recognised_by_its_type_or_authority(String rest) {
    var success = mapped(header("ADT^A04"), "PID|1||77~51162319850314001x" + rest);

    assertThat(one(success, Patient.class).getIdentifier())
        .extracting(Identifier::getSystem, Identifier::getValue)
        .contains(tuple(NamingSystems.RESIDENT_ID, "51162319850314001X"));
  }

  @Test
  void a_resident_id_may_stand_in_the_field_of_the_social_security_number() {
    var patient =
        one(
            mapped(header("ADT^A04"), segment("PID", 3, "77", 19, "511623198503140019")),
            Patient.class);

    assertThat(patient.getIdentifier())
        .extracting(Identifier::getSystem)
        .contains(NamingSystems.RESIDENT_ID);
  }

  @Test
  void another_countrys_number_is_no_resident_id() {
    var patient =
        one(
            mapped(
                header("ADT^A04"),
                segment("PID", 3, "77~123^^^&1.2.840.1&ISO^NI", 19, "111-11-1111")),
            Patient.class);

    assertThat(patient.getIdentifier())
        .extracting(Identifier::getSystem)
        .containsExactly(
            "urn:yitong:institution:511623-people-hospital:patient",
            "urn:oid:1.2.840.1",
            "urn:yitong:institution:511623-people-hospital:social-security");
  }

  @ParameterizedTest
  @CsvSource({
    "1, male",
    "2, female",
    "0, unknown",
    "9, unknown",
    "M, male",
    "F, female",
    "男, male",
    "O, other",
    "f, female"
  })
  void sex_is_understood_in_chinese_and_hl7_codes(String code, String gender) {
    var patient = one(mapped(header("ADT^A04"), segment("PID", 3, "77", 8, code)), Patient.class);

    assertThat(patient.getGender().toCode()).isEqualTo(gender);
  }

  @ParameterizedTest
  @CsvSource({"zho^汉语, zh, 汉语", "en, en, en", "HL7x^Test, , Test"})
  void a_language_has_a_code_where_fhir_knows_it(String sent, String code, String text) {
    var patient = one(mapped(header("ADT^A04"), segment("PID", 3, "77", 15, sent)), Patient.class);

    var language = patient.getCommunicationFirstRep().getLanguage();
    assertThat(language.getCodingFirstRep().getCode()).isEqualTo(code);
    assertThat(language.getText()).isEqualTo(text);
  }

  @Test
  void what_cannot_be_understood_is_reported_and_not_invented() {
    var success = mapped(header("ADT^A04"), segment("PID", 3, "77", 7, "Aug 15, 1942", 8, "?"));

    assertThat(one(success, Patient.class).hasBirthDate()).isFalse();
    assertThat(one(success, Patient.class).hasGender()).isFalse();
    assertThat(success.unmapped()).containsExactly("PID-7", "PID-8");
  }

  @Test
  void segments_nobody_maps_are_reported_by_field() {
    var success = mapped(header("ADT^A04"), "PID|1||77", "ZPI|1||住院", "NK1|1|王^父");

    assertThat(success.unmapped()).containsExactly("ZPI-1", "ZPI-3", "NK1-1", "NK1-2");
  }

  @ParameterizedTest
  @CsvSource({
    "A01, in-progress",
    "A02, in-progress",
    "A03, finished",
    "A04, in-progress",
    "A05, planned",
    "A08, in-progress",
    "A11, cancelled",
    "A12, in-progress",
    "A13, in-progress"
  })
  void the_event_tells_the_state_of_the_visit(String event, String status) {
    var success = mapped(header("ADT^" + event), "PID|1||77", segment("PV1", 2, "I", 19, "V1"));

    assertThat(one(success, Encounter.class).getStatus().toCode()).isEqualTo(status);
  }

  @Test
  void an_update_after_discharge_leaves_the_visit_finished() {
    var success =
        mapped(header("ADT^A08"), "PID|1||77", segment("PV1", 2, "I", 19, "V1", 45, "20260302"));

    assertThat(one(success, Encounter.class).getStatus().toCode()).isEqualTo("finished");
  }

  @Test
  void the_same_visit_keeps_its_id_through_all_events() {
    var admitted = mapped(header("ADT^A01"), "PID|1||77", segment("PV1", 2, "I", 19, "V1"));
    var discharged =
        mapped(header("ADT^A03"), "PID|1||77", segment("PV1", 2, "I", 19, "V1", 45, "20260302"));

    assertThat(one(discharged, Encounter.class).getId())
        .isEqualTo(one(admitted, Encounter.class).getId());
  }

  @Test
  void a_person_event_and_a_visit_that_does_not_apply_make_no_encounter() {
    assertThat(all(mapped(header("ADT^A31"), "PID|1||77", "PV1|1|I"), Encounter.class)).isEmpty();
    assertThat(all(mapped(header("ADT^A04"), "PID|1||77", "PV1|1|N"), Encounter.class)).isEmpty();
  }

  @Test
  void the_event_time_says_when_it_was_so_and_the_message_time_only_without_it() {
    var both = mapped(header("ADT^A04"), "EVN|A04|20260301080000", "PID|1||77");
    var header = mapped(header("ADT^A04"), "PID|1||77");
    var none = mapped("MSH|^~\\&|HIS|H|||||ADT^A04|C1|P|2.4", "PID|1||77");

    assertThat(both.asOf()).contains(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(header.asOf()).contains(Instant.parse("2026-03-01T00:15:00Z"));
    assertThat(none.asOf()).isEmpty();
    assertThat(one(none, Provenance.class).getRecordedElement().hasExtension()).isTrue();
  }

  @Test
  void a_merge_replaces_the_old_patient_by_the_surviving_one() {
    var patients = all(mapped(header("ADT^A40"), "PID|1||77", "MRG|66"), Patient.class);

    assertThat(patients).hasSize(2);
    assertThat(patients.get(0).getActive()).isTrue();
    assertThat(patients.get(1).getActive()).isFalse();
    assertThat(patients.get(1).getLinkFirstRep().getType().toCode()).isEqualTo("replaced-by");
    assertThat(patients.get(1).getLinkFirstRep().getOther().getReference())
        .isEqualTo("Patient/" + patients.get(0).getIdPart());
  }

  @Test
  void what_a_result_says_of_patient_visit_and_physician_does_not_overwrite() {
    var success =
        mapped(
            header("ORU^R01"),
            "PID|1||77",
            segment("PV1", 2, "O", 19, "V1"),
            segment("OBR", 3, "JY1", 4, "LIVER", 16, "1041^陈^芳"),
            "OBX|1|NM|ALT||5|U/L");

    assertThat(success.transaction().getEntry())
        .filteredOn(entry -> "*".equals(entry.getRequest().getIfNoneMatch()))
        .extracting(BundleEntryComponent::getResource)
        .extracting(resource -> resource.fhirType())
        .containsExactly("Organization", "Patient", "Encounter", "Practitioner");
  }

  @Test
  void a_practitioner_named_twice_is_one_resource() {
    var success =
        mapped(
            header("ADT^A01"),
            "PID|1||77",
            segment("PV1", 2, "I", 7, "1041^陈^芳", 17, "1041^陈^芳", 19, "V1"));

    assertThat(all(success, Practitioner.class)).hasSize(1);
    assertThat(one(success, Encounter.class).getParticipant()).hasSize(2);
  }

  @Test
  void panels_of_one_order_stay_apart_and_their_results_too() {
    var success =
        mapped(
            header("ORU^R01"),
            "PID|1||77",
            "OBR|1|SQ1|JY1|GTT|||20260301080000",
            "OBX|1|NM|GLU||5.0|mmol/L",
            "OBR|2|SQ1|JY1|GTT|||20260301090000",
            "OBX|1|NM|GLU||7.9|mmol/L");

    assertThat(all(success, DiagnosticReport.class)).hasSize(2);
    assertThat(all(success, Observation.class))
        .hasSize(2)
        .extracting(Observation::getIdPart)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_correction_has_the_ids_of_what_it_corrects() {
    var first =
        mapped(header("ORU^R01"), "PID|1||77", "OBR|1||JY1|A", "OBX|1|NM|X||1", "OBX|2|NM|Y||2");
    var corrected = mapped(header("ORU^R01"), "PID|1||77", "OBR|1||JY1|A", "OBX|1|NM|Y||3");

    assertThat(one(corrected, Observation.class).getIdPart())
        .isEqualTo(all(first, Observation.class).get(1).getIdPart());
  }

  @Test
  void an_imaging_report_is_no_laboratory_report() {
    var success =
        mapped(
            header("ORU^R01"),
            "PID|1||77",
            segment("OBR", 3, "CT1", 4, "CT^胸部CT", 24, "CT", 25, "F"),
            "OBX|1|TX|FIND^所见||双肺纹理清晰");

    assertThat(one(success, Observation.class).getCategoryFirstRep().getCodingFirstRep().getCode())
        .isEqualTo("imaging");
    assertThat(one(success, DiagnosticReport.class).getCategory())
        .extracting(category -> category.getCodingFirstRep().getCode())
        .containsExactly("CT");
  }
}
