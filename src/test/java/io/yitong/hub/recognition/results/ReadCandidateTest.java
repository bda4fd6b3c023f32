package io.yitong.hub.recognition.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.recognition.decision.Candidate;
import io.yitong.hub.recognition.decision.Candidate.Flag;
import io.yitong.hub.recognition.decision.Candidate.Source;
import io.yitong.hub.recognition.decision.Candidate.Status;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.ResultValue.Absent;
import io.yitong.hub.recognition.decision.ResultValue.Measured;
import io.yitong.hub.recognition.decision.ResultValue.Worded;
import io.yitong.hub.recognition.decision.SpecimenClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadCandidateTest {
  private static final Source HERE = new Source("Observation/1", Optional.empty());
  private static final Source PARTNER =
      new Source("https://linshui.example/fhir/Observation/1", Optional.of("chuanyu"));
  private static final String ALT =
      """
      "code":{"coding":[{"system":"urn:local","code":"ALT"},{"system":"http://loinc.org","code":"1742-6"}]},""";

  private final ReadCandidate reader = new ReadCandidate(Catalogue.load());

  @Test
  void a_result_is_read_as_far_as_recognition_needs_it() {
    var result =
        read(
                HERE,
                ALT
                    + """
                    "status":"final","effectiveDateTime":"2026-03-01T07:30:00+08:00",
                    "issued":"2026-03-01T09:00:00+08:00",
                    "performer":[{"display":"检验科","identifier":{"system":"urn:ietf:rfc:3986",
                      "value":"urn:yitong:institution:511623-people-hospital"}}],
                    "valueQuantity":{"value":32,"unit":"U/L","system":"http://unitsofmeasure.org","code":"U/L"},
                    "referenceRange":[{"low":{"value":7},"high":{"value":40}}]""")
            .orElseThrow();

    assertThat(result.item().code()).isEqualTo("1742-6");
    assertThat(result.status()).isEqualTo(Status.FINAL);
    assertThat(result.collected()).contains(Instant.parse("2026-02-28T23:30:00Z"));
    assertThat(result.released()).contains(Instant.parse("2026-03-01T01:00:00Z"));
    assertThat(result.laboratory().orElseThrow().id().name()).isEqualTo("511623-people-hospital");
    assertThat(result.laboratory().orElseThrow().name()).isEqualTo("检验科");
    assertThat(result.value())
        .isEqualTo(new Measured(new BigDecimal("32"), "", "U/L", Optional.of("U/L")));
    assertThat(result.range().orElseThrow().shown()).isEqualTo("7–40");
    assertThat(result.flags()).isEmpty();
  }

  @Test
  void an_item_outside_the_catalogue_is_none_of_ours() {
    assertThat(
            read(
                HERE,
                "\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8867-4\"}]}"))
        .isEmpty();
  }

  @Test
  void a_unit_that_is_not_coded_stays_as_written_and_is_not_understood() {
    var value = read(HERE, ALT + "\"valueQuantity\":{\"value\":32,\"unit\":\"卡门单位\"}");

    assertThat(value.orElseThrow().value())
        .isEqualTo(new Measured(new BigDecimal("32"), "", "卡门单位", Optional.empty()));
  }

  @Test
  void words_and_absence_are_values_too() {
    assertThat(read(HERE, ALT + "\"valueString\":\"阴性\"").orElseThrow().value())
        .isEqualTo(new Worded("阴性"));
    assertThat(
            read(HERE, ALT + "\"valueCodeableConcept\":{\"coding\":[{\"display\":\"阳性\"}]}")
                .orElseThrow()
                .value())
        .isEqualTo(new Worded("阳性"));
    assertThat(read(HERE, ALT + "\"status\":\"final\"").orElseThrow().value())
        .isEqualTo(new Absent());
  }

  @ParameterizedTest
  @CsvSource({
    "final, FINAL",
    "amended, FINAL",
    "corrected, FINAL",
    "preliminary, NOT_FINAL",
    "registered, NOT_FINAL",
    "unknown, NOT_FINAL",
    "cancelled, VOID",
    "entered-in-error, VOID"
  })
  void status_decides_what_a_result_is_good_for(String written, Status status) {
    assertThat(read(HERE, ALT + "\"status\":\"" + written + "\"").orElseThrow().status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01, 2026-02-28T16:00:00Z",
    "2026-03-01T07:30:00+08:00, 2026-02-28T23:30:00Z",
    "2026-03-01T07:30:00.5Z, 2026-03-01T07:30:00.5Z"
  })
  void a_day_stands_for_its_beginning(String written, Instant moment) {
    assertThat(FhirTimes.instant(written)).contains(moment);
  }

  @ParameterizedTest
  @CsvSource({"2026", "2026-03", "yesterday", "''"})
  void what_says_less_than_a_day_is_no_time(String written) {
    assertThat(FhirTimes.instant(written)).isEmpty();
  }

  @Test
  void critical_bedside_and_unfit_results_are_flagged() {
    var critical =
        read(HERE, ALT + "\"interpretation\":[{\"coding\":[{\"code\":\"HH\"}]}]").orElseThrow();
    var bedside = read(HERE, ALT + "\"method\":{\"text\":\"床旁检测\"}").orElseThrow();
    var unfit =
        reader
            .read(
                observation(ALT + "\"status\":\"final\""),
                HERE,
                Optional.of(
                    json(
                        """
                        {"type":{"coding":[{"code":"SER"}]},
                         "condition":[{"coding":[{"code":"HEM"}]}]}""")))
            .orElseThrow();

    assertThat(critical.flags()).containsExactly(Flag.CRITICAL);
    assertThat(bedside.flags()).containsExactly(Flag.POINT_OF_CARE);
    assertThat(unfit.flags()).containsExactly(Flag.UNRELIABLE);
    assertThat(unfit.specimen()).contains(SpecimenClass.SERUM);
  }

  @Test
  void a_mark_is_a_claim_when_it_comes_from_a_partner() {
    var marked =
        ALT
            + """
            "extension":[{"url":"https://yitong.io/fhir/StructureDefinition/recognition-mark"}]""";

    assertThat(read(PARTNER, marked).orElseThrow().flags()).containsExactly(Flag.MARK_CLAIMED);
    assertThat(read(HERE, marked).orElseThrow().flags()).isEmpty();
  }

  private Optional<Candidate> read(Source source, String members) {
    return reader.read(observation(members), source, Optional.empty());
  }

  private static JsonNode observation(String members) {
    return json("{\"resourceType\":\"Observation\",\"id\":\"1\"," + members + "}");
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
