package io.yitong.hub.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.StoredResource;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientOfTest {
  /** What a client sent is kept as it was sent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"subject\":{\"reference\":\"Patient/p1\"}}",
        "{ \"subject\" : { \"reference\" : \"Patient/p1\" } }",
        "{\"subject\":{\"display\":\"x\",\"identifier\":{\"value\":\"reference\"},\n\"reference\":\"Patient\\/p1\"}}",
        "{\"subject\":{\"reference\":\"Group/g\"},\"patient\":{\"reference\":\"Patient/p1\"}}",
        "{\"code\":{\"patient\":{\"reference\":\"Patient/p2\"}},\"for\":{\"reference\":\"Patient/p1\"}}"
      })
  void the_patient_is_found_however_the_resource_is_written(String json) {
    assertThat(patientOf(ResourceType.Observation, json)).contains("p1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"subject\":{\"reference\":\"Group/g\"}}",
        "{\"note\":[{\"text\":\"\\\"subject\\\":{\\\"reference\\\":\\\"Patient/p1\\\"\"}]}",
        "{\"focus\":{\"reference\":\"Patient/p1\"}}"
      })
  void a_resource_of_no_patient_has_none(String json) {
    assertThat(patientOf(ResourceType.Observation, json)).isEmpty();
  }

  @Test
  void a_patient_is_its_own() {
    assertThat(patientOf(ResourceType.Patient, "{}")).contains("id");
  }

  private static Optional<String> patientOf(ResourceType type, String json) {
    return PatientOf.resource(
        new StoredResource(
            new ResourceKey(type, "id"),
            1,
            Instant.EPOCH,
            false,
            json.getBytes(StandardCharsets.UTF_8)));
  }
}
