package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.HOSPITAL;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A Provenance is part of the record that what it is about is part of. */
@QuarkusTest
class ProvenanceTest {
  @Inject AuditRows audit;

  @Test
  void it_belongs_to_the_record_of_a_target_that_was_stored_before() {
    var patient = stored("Patient", patient(randomId()));
    var result = stored("Observation", observation(randomId(), patient));

    var provenance = provenance("Observation/" + result);

    assertThat(patientOf(provenance)).isEqualTo(patient);
  }

  @Test
  void it_belongs_there_too_when_the_target_stays_as_it_is_in_the_same_transaction() {
    var patient = stored("Patient", patient(randomId()));
    var id = randomId();
    var result = observation(id, patient);
    stored("Observation", result);
    var provenance = randomId();
    hospital()
        .body(
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":%s,"request":{"method":"PUT","url":"Observation/%s"}},
             {"resource":%s,"request":{"method":"PUT","url":"Provenance/%s"}}]}"""
                .formatted(result, id, text(provenance, "Observation/" + id), provenance))
        .post("/fhir")
        .then()
        .statusCode(200);

    assertThat(patientOf(provenance)).isEqualTo(patient);
  }

  @Test
  void one_about_two_patients_is_in_the_record_of_neither() {
    var one =
        stored("Observation", observation(randomId(), stored("Patient", patient(randomId()))));
    var other =
        stored("Observation", observation(randomId(), stored("Patient", patient(randomId()))));

    assertThat(patientOf(provenance("Observation/" + one, "Observation/" + other))).isEqualTo("-");
  }

  /** As a read of it is recorded. */
  private String patientOf(String provenance) {
    var correlation = randomId();
    hospital()
        .header("X-Correlation-Id", correlation)
        .get("/fhir/Provenance/" + provenance)
        .then()
        .statusCode(200);
    var row = audit.interactions(correlation).get(0);
    return row.substring(row.lastIndexOf(' ') + 1);
  }

  private static String provenance(String... targets) {
    return stored("Provenance", text(randomId(), targets));
  }

  private static String text(String id, String... targets) {
    var references =
        Arrays.stream(targets)
            .map("{\"reference\":\"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    return """
    {"resourceType":"Provenance","id":"%s","target":[%s],"recorded":"2026-03-01T08:00:00+08:00",
     "agent":[{"who":{"identifier":{"system":"urn:ietf:rfc:3986","value":"%s"}}}]}"""
        .formatted(id, references, HOSPITAL);
  }

  private static String stored(String type, String resource) {
    var id = JsonPath.from(resource).getString("id");
    hospital().body(resource).put("/fhir/" + type + "/" + id).then().statusCode(201);
    return id;
  }
}
