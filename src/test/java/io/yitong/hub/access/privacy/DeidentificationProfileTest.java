package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A profile that cannot be meant so is not loaded. */
class DeidentificationProfileTest {
  @Test
  void research_is_held_to_larger_classes_than_the_regulator_and_moves_dates() {
    assertThat(Given.profile("research").k()).isGreaterThan(Given.profile("regulator").k());
    assertThat(Given.profile("research").shiftDays()).isPositive();
    assertThat(Given.profile("regulator").shiftDays()).isZero();
  }

  @Test
  void a_misspelt_element_is_told() {
    refused(profile -> elements(profile).put("Patient.gendre", "keep"), "Patient.gendre");
    refused(profile -> elements(profile).put("Pateint.gender", "keep"), "Pateint");
  }

  @Test
  void text_is_not_kept() {
    refused(profile -> elements(profile).put("Observation.valueString", "keep"), "valueString");
    refused(profile -> elements(profile).put("Observation.text", "keep"), "Observation.text");
    refused(profile -> elements(profile).put("Condition.note", "keep"), "Condition.note");
    refused(profile -> elements(profile).put("Patient.extension", "keep"), "Patient.extension");
    refused(profile -> elements(profile).put("Patient.name.text", "public"), "Patient.name");
    refused(
        profile -> elements(profile).put("Observation.valueString", "public"), "text of a person");
  }

  @Test
  void what_is_told_of_a_person_is_in_a_class() {
    refused(profile -> elements(profile).put("Patient.maritalStatus", "coded"), "maritalStatus");
    refused(profile -> elements(profile).put("Patient.deceasedBoolean", "keep"), "deceasedBoolean");
  }

  @Test
  void an_element_that_changes_the_meaning_is_not_forgotten() {
    refused(profile -> elements(profile).remove("Observation.status"), "Observation.status");
    refused(
        profile -> elements(profile).remove("ServiceRequest.doNotPerform"),
        "ServiceRequest.doNotPerform");
  }

  @Test
  void dates_are_moved_by_a_number_of_days_that_is_given() {
    refused(profile -> elements(profile).put("Observation.issued", "shift"), "shiftDays");
    refused(profile -> profile.put("shiftDays", 30), "shiftDays");
  }

  @Test
  void a_class_of_one_is_no_class() {
    refused(profile -> profile.put("k", 1), "k is 1");
  }

  private static ObjectNode elements(ObjectNode profile) {
    return (ObjectNode) profile.get("elements");
  }

  private static void refused(Consumer<ObjectNode> change, String says) {
    var profile = regulator();
    assertThat(DeidentificationProfile.of(profile)).isEqualTo(Given.profile("regulator"));
    change.accept(profile);
    assertThatThrownBy(() -> DeidentificationProfile.of(profile)).hasMessageContaining(says);
  }

  private static ObjectNode regulator() {
    try (var in =
        DeidentificationProfileTest.class.getResourceAsStream(
            DeidentificationProfile.file("regulator"))) {
      return (ObjectNode) new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
