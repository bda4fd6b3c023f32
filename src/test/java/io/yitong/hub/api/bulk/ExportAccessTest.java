package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.HOSPITAL;
import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static io.yitong.hub.api.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.api.Clients;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who exports what, and that it is on record. */
@QuarkusTest
class ExportAccessTest {
  @Inject AgroalDataSource database;

  private final BulkClient client = new BulkClient(Clients::hospital);

  @Test
  void the_access_filter_is_part_of_the_export() {
    var patient = put("Patient", patient(randomId()));
    put("Observation", observation(randomId(), patient));

    var other = new BulkClient(Clients::fuling);
    var manifest =
        other.manifest(other.async().get("/fhir/Patient/$export?_type=Patient,Observation"));

    assertThat(other.ids(manifest, "Patient")).doesNotContain(patient);
    other
        .async()
        .body(BulkClient.parameters("patient", "Patient/" + patient))
        .post("/fhir/Patient/$export")
        .then()
        .statusCode(403);
    var operator = new BulkClient(Clients::operator);
    operator.async().get("/fhir/$export?_type=Observation").then().statusCode(403);
    var reference = operator.manifest(operator.async().get("/fhir/$export"));
    List<String> types = reference.getList("output.type");
    assertThat(types).doesNotContain("Patient", "Observation");
  }

  @Test
  void a_doctor_at_a_desk_exports_nothing() {
    with(TestIssuer.token("yitong-console", HOSPITAL, "user/*.rs", "clinician"))
        .header("Prefer", "respond-async")
        .get("/fhir/Patient/$export")
        .then()
        .statusCode(403);
  }

  @Test
  void a_scope_for_one_type_exports_that_type_alone() {
    var patients =
        new BulkClient(
            () ->
                with(TestIssuer.token("chongqing-his", HOSPITAL, "system/Patient.rs", "hospital")));
    patients
        .async()
        .get("/fhir/$export?_type=Patient,Observation")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
    put("Patient", patient(randomId()));
    List<String> types =
        patients.manifest(patients.async().get("/fhir/$export")).getList("output.type");
    assertThat(types).isNotEmpty().containsOnly("Patient");
  }

  @Test
  void a_scope_for_a_part_of_a_type_exports_that_part_alone() {
    // Given
    var patient = put("Patient", patient(randomId()));
    var laboratory = put("Observation", observation(randomId(), patient));
    var vitalSigns =
        put(
            "Observation",
            observation(randomId(), patient).replace("\"laboratory\"", "\"vital-signs\""));
    var condition =
        put(
            "Condition",
            "{\"resourceType\":\"Condition\",\"id\":\"%s\",\"subject\":{\"reference\":\"Patient/%s\"}}"
                .formatted(randomId(), patient));
    var scope = "system/Patient.rs system/Observation.rs?category=laboratory";
    var narrowed =
        new BulkClient(() -> with(TestIssuer.token("chongqing-his", HOSPITAL, scope, "hospital")));
    var ofOne = BulkClient.parameters("patient", "Patient/" + patient);

    // When
    var record = narrowed.manifest(narrowed.async().body(ofOne).post("/fhir/Patient/$export"));
    var everything = narrowed.manifest(narrowed.async().get("/fhir/$export"));
    var whole = client.manifest(client.async().body(ofOne).post("/fhir/Patient/$export"));

    // Then
    assertThat(narrowed.ids(record, "Patient")).containsExactly(patient);
    assertThat(narrowed.ids(record, "Observation")).containsExactly(laboratory);
    assertThat(record.<String>getList("output.type"))
        .containsExactlyInAnyOrder("Patient", "Observation");

    assertThat(narrowed.ids(everything, "Patient")).contains(patient);
    assertThat(narrowed.ids(everything, "Observation"))
        .contains(laboratory)
        .doesNotContain(vitalSigns);
    assertThat(everything.<String>getList("output.type")).containsOnly("Patient", "Observation");

    assertThat(client.ids(whole, "Observation")).containsExactlyInAnyOrder(laboratory, vitalSigns);
    assertThat(client.ids(whole, "Condition")).containsExactly(condition);
  }

  @Test
  void another_callers_job_and_files_are_as_if_they_were_not() {
    put("Patient", patient(randomId()));
    var status = BulkClient.statusOf(client.async().get("/fhir/$export?_type=Patient"));
    var url = client.finished(status).jsonPath().getString("output[0].url");
    var file = url.substring(url.indexOf("/fhir/"));

    for (var path : List.of(status, file)) {
      fuling().get(path).then().statusCode(404);
      fuling().delete(status).then().statusCode(404);
      operator().get(path).then().statusCode(404);
      Clients.with("none").get(path).then().statusCode(401);
    }
    hospital().get(file).then().statusCode(200);
    with(TestIssuer.token("chongqing-his", HOSPITAL, "system/Observation.rs", "hospital"))
        .get(file)
        .then()
        .statusCode(403);
  }

  @Test
  void every_step_is_on_record() throws SQLException {
    put("Patient", patient(randomId()));
    var status = BulkClient.statusOf(client.async().get("/fhir/$export?_type=Patient"));
    var url = client.finished(status).jsonPath().getString("output[0].url");
    hospital().get(url.substring(url.indexOf("/fhir/"))).then().statusCode(200);
    hospital().delete(status).then().statusCode(202);
    var job = status.substring(status.lastIndexOf('/') + 1);

    assertThat(recorded(job)).contains("$bulk-status", "$export-end", "$bulk-file", "$bulk-cancel");
  }

  private List<String> recorded(String job) throws SQLException {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "select distinct interaction from audit_event where what like ? || '%'")) {
      select.setString(1, job);
      var rows = select.executeQuery();
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
