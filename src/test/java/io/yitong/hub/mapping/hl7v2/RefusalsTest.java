package io.yitong.hub.mapping.hl7v2;

import static io.yitong.hub.mapping.hl7v2.Messages.header;
import static io.yitong.hub.mapping.hl7v2.Messages.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.mapping.Mapped;
import io.yitong.hub.mapping.Mapped.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalsTest {
  @Test
  void a_message_without_a_control_id_is_refused() {
    var refused = map("MSH|^~\\&|HIS|H|||20260301||ADT^A04||P|2.4", "PID|1||77");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_WITHOUT_CONTROL_ID, "MSH-10"));
  }

  @Test
  void a_message_of_an_unsupported_type_is_refused_with_its_type() {
    var refused = map(header("SIU^S12"), "PID|1||77");

    assertThat(refused)
        .isEqualTo(Refusal.of(ErrorCode.MESSAGE_TYPE_UNSUPPORTED, "MSH-9", "SIU^S12"));
  }

  @Test
  void a_message_without_a_type_is_refused() {
    var refused = map("MSH|^~\\&|HIS|H|||20260301|||C1|P|2.4", "PID|1||77");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_TYPE_UNSUPPORTED, "MSH-9", "^"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"X", "p", "", "PROD"})
  void a_processing_id_other_than_production_training_and_debugging_is_refused(String id) {
    var refused = map("MSH|^~\\&|HIS|H|||20260301||ADT^A04|C1|" + id + "|2.4", "PID|1||77");

    assertThat(refused)
        .isEqualTo(Refusal.of(ErrorCode.MESSAGE_PROCESSING_ID_UNSUPPORTED, "MSH-11", id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0", "2.9", "", "two"})
  void an_unknown_version_is_refused(String version) {
    var refused = map("MSH|^~\\&|HIS|H|||20260301||ADT^A04|C1|P|" + version, "PID|1||77");

    assertThat(refused)
        .isEqualTo(Refusal.of(ErrorCode.MESSAGE_VERSION_UNSUPPORTED, "MSH-12", version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "2.3.1", "2.4^CHN", "2.5.1", "2.8"})
  void versions_from_2_1_to_2_8_are_taken(String version) {
    var mapped = map("MSH|^~\\&|HIS|H|||20260301||ADT^A04|C1|P^T|" + version, "PID|1||77");

    assertThat(mapped).isInstanceOf(Mapped.Success.class);
  }

  @Test
  void a_message_without_a_patient_segment_is_refused() {
    var refused = map(header("ADT^A04"), "PV1|1|O");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_SEGMENT_MISSING, "PID", "PID"));
  }

  @Test
  void a_patient_without_any_number_is_refused() {
    var refused = map(header("ADT^A04"), "PID|1||^^^HIS^MR||王^瑋||19850314|M");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_FIELD_MISSING, "PID-3", "PID-3"));
  }

  @Test
  void results_without_an_order_segment_are_refused() {
    var refused = map(header("ORU^R01"), "PID|1||77", "OBX|1|NM|ALT||5");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_SEGMENT_MISSING, "OBR", "OBR"));
  }

  @Test
  void a_result_that_says_of_nothing_what_it_measures_is_refused() {
    var refused = map(header("ORU^R01"), "PID|1||77", "OBR|1||JY1", "OBX|1|NM|||5");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_FIELD_MISSING, "OBX-3", "OBX-3"));
  }

  @Test
  void a_merge_without_the_old_number_is_refused() {
    assertThat(map(header("ADT^A40"), "PID|1||77"))
        .isEqualTo(Refusal.of(ErrorCode.MESSAGE_SEGMENT_MISSING, "MRG", "MRG"));
    assertThat(map(header("ADT^A40"), "PID|1||77", "MRG|^^^HIS"))
        .isEqualTo(Refusal.of(ErrorCode.MESSAGE_FIELD_MISSING, "MRG-1", "MRG-1"));
  }

  @Test
  void a_number_is_not_merged_into_itself() {
    var refused = map(header("ADT^A40"), "PID|1||77", "MRG|77");

    assertThat(refused)
        .isEqualTo(Refusal.of(ErrorCode.MESSAGE_FIELD_INVALID, "MRG-1", "MRG-1", "77", "= PID-3"));
  }

  @Test
  void results_of_two_patients_in_one_message_are_refused() {
    var refused = map(header("ORU^R01"), "PID|1||77", "OBR|1||JY1|A", "PID|2||78", "OBR|1||JY2|A");

    assertThat(refused).isEqualTo(Refusal.of(ErrorCode.MESSAGE_SEVERAL_PATIENTS, "PID"));
  }
}
