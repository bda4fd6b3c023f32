package io.yitong.hub.access.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.json.ResourceJson;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SensitiveCategoriesTest {
  @ParameterizedTest
  @CsvSource({
    "http://loinc.org, 56888-1, HIV",
    "http://hl7.org/fhir/sid/icd-10, B20.1, HIV",
    "http://hl7.org/fhir/sid/icd-10, F20.0, PSY",
    "http://hl7.org/fhir/sid/icd-10-cn, F32.9, PSY",
    "http://hl7.org/fhir/sid/icd-10, O04.9, SEX"
  })
  void a_code_says_it(String system, String code, String category) {
    assertThat(of(observation(coding(system, code, "")))).containsExactly(category);
  }

  @ParameterizedTest
  @CsvSource({
    "http://loinc.org, 1742-6",
    "http://hl7.org/fhir/sid/icd-10, I10",
    "http://terminology.hl7.org/CodeSystem/v2-0001, F",
    "urn:local, 56888-1"
  })
  void a_code_of_something_else_does_not(String system, String code) {
    assertThat(of(observation(coding(system, code, "")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"抗HIV抗体检测, HIV", "人类免疫缺陷病毒抗体, HIV", "精神分裂症随访, PSY", "BRCA1基因检测, GDIS", "人工流产术后, SEX"})
  void a_local_codes_words_say_it(String display, String category) {
    assertThat(of(observation(coding("urn:local", "1", display)))).containsExactly(category);
    assertThat(
            of(
                "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/1\"},\"code\":{\"text\":\""
                    + display
                    + "\"}}"))
        .containsExactly(category);
  }

  @Test
  void a_code_anywhere_in_the_resource_says_it() {
    assertThat(
            of(
                """
                {"resourceType":"Encounter","status":"finished","class":{"code":"AMB"},
                 "reasonCode":[{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"B24"}]}],
                 "contained":[{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/1"},"code":{"coding":[
                   {"system":"http://hl7.org/fhir/sid/icd-10","code":"F41.1"}]}}]}"""))
        .containsExactly("HIV", "PSY");
  }

  @Test
  void a_security_label_says_it() {
    assertThat(
            of(
                """
                {"resourceType":"Condition","subject":{"reference":"Patient/1"},"meta":{"security":[
                  {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"SEX"},
                  {"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"},
                  {"system":"urn:local","code":"HIV"}]}}"""))
        .containsExactly("R", "SEX");
  }

  @Test
  void most_are_of_none() {
    assertThat(of("{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"王瑋\"}]}")).isEmpty();
  }

  private static String observation(String coding) {
    return "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":["
        + coding
        + "]}}";
  }

  private static String coding(String system, String code, String display) {
    return "{\"system\":\"%s\",\"code\":\"%s\"%s}"
        .formatted(system, code, display.isEmpty() ? "" : ",\"display\":\"" + display + "\"");
  }

  private static Set<String> of(String json) {
    return SensitiveCategories.of(ResourceJson.read(json.getBytes(StandardCharsets.UTF_8)).root());
  }
}
