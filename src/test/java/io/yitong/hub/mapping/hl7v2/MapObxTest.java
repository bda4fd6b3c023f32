package io.yitong.hub.mapping.hl7v2;

import static io.yitong.hub.mapping.hl7v2.Messages.one;
import static io.yitong.hub.mapping.hl7v2.Messages.result;
import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MapObxTest {
  @Test
  void a_number_keeps_the_digits_its_laboratory_wrote() {
    var value = observation(2, "NM", 3, "ALB", 5, "44.10", 6, "g/L").getValueQuantity();

    assertThat(value.getValue().toPlainString()).isEqualTo("44.10");
    assertThat(value.getUnit()).isEqualTo("g/L");
  }

  @ParameterizedTest
  @CsvSource({"<0.5, <", "≤0.5, <=", "＞0.5, >", ">=0.5, >="})
  void a_number_beyond_what_can_be_measured_has_its_comparator(String written, String comparator) {
    var value = observation(2, "NM", 3, "TNI", 5, written, 6, "ng/L").getValueQuantity();

    assertThat(value.getComparator().toCode()).isEqualTo(comparator);
    assertThat(value.getValue().toPlainString()).isEqualTo("0.5");
  }

  @Test
  void words_sent_as_a_number_stay_words() {
    var value = observation(2, "NM", 3, "ALT", 5, "标本溶血", 6, "U/L").getValue();

    assertThat(value.equalsDeep(new StringType("标本溶血"))).isTrue();
  }

  @Test
  void a_number_sent_as_text_is_a_quantity_where_it_has_a_unit() {
    assertThat(observation(2, "ST", 3, "ALT", 5, "35", 6, "U/L").hasValueQuantity()).isTrue();
    assertThat(observation(2, "ST", 3, "PH", 5, "6.5").hasValueStringType()).isTrue();
  }

  @Test
  void structured_numbers_become_what_they_mean() {
    assertThat(observation(2, "SN", 3, "A", 5, "^10^-^20").hasValueRange()).isTrue();
    assertThat(observation(2, "SN", 3, "A", 5, "^1^:^128").hasValueRatio()).isTrue();
    assertThat(observation(2, "SN", 3, "A", 5, ">^100").getValueQuantity().getComparator().toCode())
        .isEqualTo(">");
    assertThat(observation(2, "SN", 3, "A", 5, "^3^+").getValueStringType().getValue())
        .isEqualTo("3+");
  }

  @Test
  void lines_of_text_become_one_text() {
    assertThat(observation(2, "TX", 3, "A", 5, "一~二").getValueStringType().getValue())
        .isEqualTo("一\n二");
  }

  @Test
  void a_time_is_no_more_precise_than_it_was_sent() {
    assertThat(observation(2, "DT", 3, "A", 5, "202602").getValueDateTimeType().getValueAsString())
        .isEqualTo("2026-02");
    assertThat(observation(2, "TS", 3, "A", 5, "坏").getValueStringType().getValue()).isEqualTo("坏");
    assertThat(observation(2, "TM", 3, "A", 5, "0815").getValueTimeType().getValue())
        .isEqualTo("08:15:00");
  }

  @Test
  void a_result_without_a_value_says_that_it_has_none() {
    assertThat(
            observation(2, "NM", 3, "A", 11, "X")
                .getDataAbsentReason()
                .getCodingFirstRep()
                .getCode())
        .isEqualTo("not-performed");
    assertThat(
            observation(2, "NM", 3, "A", 5, "\"\"", 11, "F")
                .getDataAbsentReason()
                .getCodingFirstRep()
                .getCode())
        .isEqualTo("unknown");
  }

  @ParameterizedTest
  @CsvSource({
    "P, preliminary",
    "F, final",
    "C, corrected",
    "X, cancelled",
    "D, entered-in-error",
    "W, entered-in-error",
    "R, preliminary",
    "I, registered",
    "'', unknown"
  })
  void the_state_of_a_result_is_told_by_its_own_field(String code, String status) {
    assertThat(observation(2, "NM", 3, "A", 5, "1", 11, code).getStatus().toCode())
        .isEqualTo(status);
  }

  @Test
  void the_collection_time_is_the_results_own_else_the_reports() {
    assertThat(
            observation(2, "NM", 3, "A", 5, "1", 14, "20260301070000")
                .getEffectiveDateTimeType()
                .getValueAsString())
        .isEqualTo("2026-03-01T07:00:00+08:00");
    assertThat(observation(2, "NM", 3, "A", 5, "1").getEffectiveDateTimeType().getValueAsString())
        .isEqualTo("2026-03-01T08:20:00+08:00");
  }

  @Test
  void an_unreadable_collection_time_leaves_it_unknown() {
    assertThat(observation(2, "NM", 3, "A", 5, "1", 14, "昨天").hasEffective()).isFalse();
  }

  @Test
  void the_performing_laboratory_is_the_sender_unless_another_is_named() {
    assertThat(performer(observation(2, "NM", 3, "A", 5, "1")))
        .isEqualTo("urn:yitong:institution:511623-people-hospital");
    assertThat(
            performer(
                observation(2, "NM", 3, "A", 5, "1", 23, "检验^^^^^^^^^511623-dingping-township")))
        .isEqualTo("urn:yitong:institution:511623-dingping-township");
    assertThat(performer(observation(2, "NM", 3, "A", 5, "1", 23, "某检验所"))).isEqualTo("某检验所");
    assertThat(performer(observation(2, "NM", 3, "A", 5, "1", 15, "L9^某检验所"))).isEqualTo("L9");
  }

  @Test
  void embedded_data_becomes_a_document() {
    var document =
        one(
            result(2, "ED", 3, "ECG^心电图", 5, "X^Image^PNG^Base64^iVBORw0KGgo=", 11, "F"),
            DocumentReference.class);

    var attachment = document.getContentFirstRep().getAttachment();
    assertThat(attachment.getContentType()).isEqualTo("image/png");
    assertThat(attachment.getData()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void data_that_is_not_what_it_says_is_kept_as_it_stands() {
    var document =
        one(result(2, "ED", 3, "A^a", 5, "X^text^plain^Hex^zz", 11, "F"), DocumentReference.class);

    assertThat(document.getContentFirstRep().getAttachment().getData())
        .isEqualTo(new byte[] {'z', 'z'});
  }

  private static Observation observation(Object... obx) {
    return one(result(obx), Observation.class);
  }

  private static String performer(Observation observation) {
    return observation.getPerformerFirstRep().getIdentifier().getValue();
  }
}
