package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.HOSPITAL;
import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static io.yitong.hub.api.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.api.Clients;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ExportTest {
  @Inject AgroalDataSource database;

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
    var body = parameters("patient", "Patient/" + id);

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
                .body(parameters("patient", "Patient/" + patient))
                .post("/fhir/Patient/$export"));

    assertThat(ids(manifest, "Patient")).containsExactly(patient);
    assertThat(ids(manifest, "Observation")).containsExactly(result);
  }

  @Test
  void a_groups_export_is_the_records_of_its_present_members() {
    var member = put("Patient", patient(randomId()));
    var former = put("Patient", patient(randomId()));
    var result = put("Observation", observation(randomId(), member));
    var group = put("Group", group(randomId(), member, former));

    var manifest = client.manifest(client.async().get("/fhir/Group/" + group + "/$export"));

    assertThat(ids(manifest, "Patient")).containsExactly(member);
    assertThat(ids(manifest, "Observation")).containsExactly(result);
  }

  @Test
  void since_brings_what_changed_later_and_what_was_deleted() {
    var patient = put("Patient", patient(randomId()));
    put("Observation", observation(randomId(), patient));
    var gone = put("Observation", observation(randomId(), patient));
    var before =
        client.manifest(
            client
                .async()
                .body(parameters("patient", "Patient/" + patient))
                .post("/fhir/Patient/$export"));
    assertThat(ids(before, "Observation")).hasSize(2);

    var later = put("Observation", observation(randomId(), patient));
    hospital().delete("/fhir/Observation/" + gone).then().statusCode(204);
    var since = before.getString("transactionTime");
    var after =
        client.manifest(
            client
                .async()
                .body(parameters("patient", "Patient/" + patient, "_since", since))
                .post("/fhir/Patient/$export"));

    assertThat(ids(after, "Observation")).containsExactly(later);
    assertThat(client.lines(after, "deleted", "Bundle"))
        .singleElement()
        .satisfies(
            line -> {
              var bundle = JsonPath.from(line);
              assertThat(bundle.getString("type")).isEqualTo("transaction");
              assertThat(bundle.getString("entry[0].request.method")).isEqualTo("DELETE");
              assertThat(bundle.getString("entry[0].request.url")).isEqualTo("Observation/" + gone);
            });
  }

  @Test
  void all_files_are_the_state_of_one_moment_and_the_next_export_begins_there()
      throws SQLException {
    var patient = put("Patient", patient(randomId()));
    var changed = put("Observation", observation(randomId(), patient));
    var body = parameters("patient", "Patient/" + patient);
    String status;
    String added;
    // A write that may have begun before the moment and commits after it: the export waits for it.
    try (var open = database.getConnection()) {
      open.setAutoCommit(false);
      open.createStatement().execute("select 1");
      status = BulkClient.statusOf(client.async().body(body).post("/fhir/Patient/$export"));
      await().atMost(Duration.ofMinutes(1)).until(() -> hasMoment(status));
      added = put("Observation", observation(randomId(), patient));
      hospital()
          .body(observation(changed, patient).replace("32.0", "33.0"))
          .put("/fhir/Observation/" + changed)
          .then()
          .statusCode(200);
      hospital().get(status).then().statusCode(202);
      open.rollback();
      open.setAutoCommit(true);
    }

    var manifest = client.finished(status).jsonPath();
    assertThat(client.lines(manifest, "output", "Observation"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains(changed, "32.0", "\"versionId\":\"1\""));
    var next =
        client.manifest(
            client
                .async()
                .body(
                    parameters(
                        "patient",
                        "Patient/" + patient,
                        "_since",
                        manifest.getString("transactionTime")))
                .post("/fhir/Patient/$export"));
    assertThat(ids(next, "Observation")).containsExactlyInAnyOrder(changed, added);
  }

  private boolean hasMoment(String status) throws SQLException {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "select transaction_time is not null from bulk_job where id = ?::uuid")) {
      select.setString(1, status.substring(status.lastIndexOf('/') + 1));
      var rows = select.executeQuery();
      return rows.next() && rows.getBoolean(1);
    }
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
                    parameters(
                        "patient", "Patient/" + patient,
                        "_type", "Observation,Patient",
                        "_typeFilter", "Observation?code=ALT,Observation?code=AST"))
                .post("/fhir/Patient/$export"));

    assertThat(ids(manifest, "Observation")).containsExactlyInAnyOrder(alt, ast);
    assertThat(ids(manifest, "Patient")).containsExactly(patient);
  }

  @Test
  void the_access_filter_is_part_of_the_export() {
    var patient = put("Patient", patient(randomId()));
    put("Observation", observation(randomId(), patient));

    var other = new BulkClient(Clients::fuling);
    var manifest =
        other.manifest(other.async().get("/fhir/Patient/$export?_type=Patient,Observation"));

    assertThat(ids(other, manifest, "Patient")).doesNotContain(patient);
    other
        .async()
        .body(parameters("patient", "Patient/" + patient))
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
  void a_download_goes_on_where_it_broke_off() {
    put("Patient", patient(randomId()));
    var manifest = client.manifest(client.async().get("/fhir/$export?_type=Patient"));
    var url = manifest.getString("output[0].url");
    var file = url.substring(url.indexOf("/fhir/"));
    var whole = hospital().get(file).asByteArray();

    var rest = hospital().header("Range", "bytes=10-").get(file);

    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.header("Content-Range"))
        .isEqualTo("bytes 10-%d/%d".formatted(whole.length - 1, whole.length));
    assertThat(rest.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, 10, whole.length));
    hospital().header("Range", "bytes=" + whole.length + "-").get(file).then().statusCode(416);
  }

  @Test
  void a_cancelled_export_is_gone() {
    put("Patient", patient(randomId()));
    var status = BulkClient.statusOf(client.async().get("/fhir/$export?_type=Patient"));
    var url = client.finished(status).jsonPath().getString("output[0].url");

    hospital().delete(status).then().statusCode(202);

    hospital().get(status).then().statusCode(404);
    hospital().get(url.substring(url.indexOf("/fhir/"))).then().statusCode(404);
    hospital().delete(status).then().statusCode(404);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_outputFormat=application/fhir%2Bxml",
        "_type=Nonsense",
        "_type=Binary",
        "_since=yesterday",
        "_elements=id",
        "includeAssociatedData=LatestProvenanceResources",
        "_typeFilter=Observation%3Fnonsense%3D1",
        "_type=Patient&_typeFilter=Observation%3Fcode%3D1",
        "_typeFilter=Observation%3Fcode%3D1%26_sort%3Ddate",
        "_typeFilter=code%3D1",
        "nonsense=1"
      })
  void what_cannot_be_done_as_asked_is_refused(String query) {
    client.async().get("/fhir/$export?" + query).then().statusCode(400);
  }

  @Test
  void a_lenient_client_is_told_what_was_ignored() {
    put("Patient", patient(randomId()));
    var manifest =
        client.manifest(
            hospital()
                .header("Prefer", "respond-async, handling=lenient")
                .get("/fhir/$export?_type=Patient&_elements=id"));

    assertThat(client.lines(manifest, "error", "OperationOutcome"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("_elements", "warning"));
  }

  @Test
  void nothing_bulky_is_done_while_the_client_waits() {
    hospital()
        .get("/fhir/$export")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("bulk-not-async"));
  }

  @Test
  void the_dollar_sign_may_come_percent_encoded() {
    client.async().get("/fhir/%24export?_type=Organization").then().statusCode(202);
    client.async().get("/fhir/Patient/%24export?_type=Patient").then().statusCode(202);
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
                .body(parameters("patient", "Patient/" + patient, "_until", until))
                .post("/fhir/Patient/$export"));

    assertThat(ids(manifest, "Patient")).containsExactly(patient);
    assertThat(ids(manifest, "Observation")).isEmpty();
  }

  private List<String> ids(JsonPath manifest, String type) {
    return ids(client, manifest, type);
  }

  private static List<String> ids(BulkClient client, JsonPath manifest, String type) {
    return client.lines(manifest, "output", type).stream()
        .map(line -> JsonPath.from(line).getString("id"))
        .toList();
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

  private static String put(String type, String json) {
    var id = JsonPath.from(json).getString("id");
    hospital().body(json).put("/fhir/" + type + "/" + id).then().statusCode(201);
    return id;
  }

  private static String group(String id, String member, String former) {
    return """
    {"resourceType":"Group","id":"%s","type":"person","actual":true,"member":[
      {"entity":{"reference":"Patient/%s"}},
      {"entity":{"reference":"Patient/%s"},"inactive":true}]}\
    """
        .formatted(id, member, former);
  }

  /** A Parameters resource; {@code patient} as a reference, the others as strings. */
  private static String parameters(String... namesAndValues) {
    var text = new StringBuilder("{\"resourceType\":\"Parameters\",\"parameter\":[");
    for (var i = 0; i < namesAndValues.length; i += 2) {
      var value =
          namesAndValues[i].equals("patient")
              ? "\"valueReference\":{\"reference\":\"%s\"}"
              : "\"valueString\":\"%s\"";
      text.append(i == 0 ? "" : ",")
          .append("{\"name\":\"%s\",".formatted(namesAndValues[i]))
          .append(value.formatted(namesAndValues[i + 1]))
          .append('}');
    }
    return text.append("]}").toString();
  }
}
