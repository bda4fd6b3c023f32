package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.api.Clients;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an export brings. */
@QuarkusTest
class ExportTest {
  private final BulkClient client = new BulkClient(Clients::hospital);

  @Test
  void an_export_is_accepted_reports_and_ends_in_a_manifest_of_files() {
    var id = put("Patient", patient(randomId()));

    var accepted = client.async().get("/fhir/$export?_type=Patient,Organization");
    var status = BulkClient.statusOf(accepted);
    var manifest = client.finished(status);

    manifest
        .then()
        .statusCode(200)
        .header("Expires", notNullValue())
        .body("requiresAccessToken", equalTo(true))
        .body("transactionTime", notNullValue());
    assertThat(manifest.jsonPath().getString("request"))
        .endsWith("$export?_type=Patient,Organization");
    assertThat(client.lines(manifest.jsonPath(), "output", "Patient"))
        .anyMatch(line -> line.contains("\"" + id + "\"") && line.contains("versionId"));
    List<Integer> counts = manifest.jsonPath().getList("output.count");
    assertThat(counts).allMatch(count -> count > 0);
  }

  @Test
  void each_resource_is_one_line_although_it_was_sent_on_several() {
    var id = randomId();
    put("Patient", patient(id).replace(",", ",\n"));
    var body = BulkClient.parameters("patient", "Patient/" + id);

    var manifest = client.manifest(client.async().body(body).post("/fhir/Patient/$export"));

    var lines = client.lines(manifest, "output", "Patient");
    assertThat(lines).hasSize(1);
    assertThat(JsonPath.from(lines.get(0)).getString("id")).isEqualTo(id);
  }

  @Test
  void a_patients_export_is_its_record_and_nothing_else() {
    var patient = put("Patient", patient(randomId()));
    var other = put("Patient", patient(randomId()));
    var result = put("Observation", observation(randomId(), patient));
    put("Observation", observation(randomId(), other));

    var manifest =
        client.manifest(
            client
                .async()
                .body(BulkClient.parameters("patient", "Patient/" + patient))
                .post("/fhir/Patient/$export"));

    assertThat(client.ids(manifest, "Patient")).containsExactly(patient);
    assertThat(client.ids(manifest, "Observation")).containsExactly(result);
  }

  @Test
  void a_groups_export_is_the_records_of_its_present_members() {
    var member = put("Patient", patient(randomId()));
    var former = put("Patient", patient(randomId()));
    var result = put("Observation", observation(randomId(), member));
    var group = put("Group", group(randomId(), member, former));

    var manifest = client.manifest(client.async().get("/fhir/Group/" + group + "/$export"));

    assertThat(client.ids(manifest, "Patient")).containsExactly(member);
    assertThat(client.ids(manifest, "Observation")).containsExactly(result);
  }

  @Test
  void filters_of_one_type_are_alternatives_and_other_types_come_whole() {
    var patient = put("Patient", patient(randomId()));
    var alt = put("Observation", observation(randomId(), patient));
    var ast = put("Observation", observation(randomId(), patient).replace("\"ALT\"", "\"AST\""));
    put("Observation", observation(randomId(), patient).replace("\"ALT\"", "\"GGT\""));

    var manifest =
        client.manifest(
            client
                .async()
                .body(
                    BulkClient.parameters(
                        "patient", "Patient/" + patient,
                        "_type", "Observation,Patient",
                        "_typeFilter", "Observation?code=ALT,Observation?code=AST"))
                .post("/fhir/Patient/$export"));

    assertThat(client.ids(manifest, "Observation")).containsExactlyInAnyOrder(alt, ast);
    assertThat(client.ids(manifest, "Patient")).containsExactly(patient);
  }

  @Test
  void until_leaves_out_what_changed_later() {
    var patient = put("Patient", patient(randomId()));
    var until = Instant.now().toString();
    put("Observation", observation(randomId(), patient));

    var manifest =
        client.manifest(
            client
                .async()
                .body(BulkClient.parameters("patient", "Patient/" + patient, "_until", until))
                .post("/fhir/Patient/$export"));

    assertThat(client.ids(manifest, "Patient")).containsExactly(patient);
    assertThat(client.ids(manifest, "Observation")).isEmpty();
  }

  private static String group(String id, String member, String former) {
    return """
    {"resourceType":"Group","id":"%s","type":"person","actual":true,"member":[
      {"entity":{"reference":"Patient/%s"}},
      {"entity":{"reference":"Patient/%s"},"inactive":true}]}\
    """
        .formatted(id, member, former);
  }
}
