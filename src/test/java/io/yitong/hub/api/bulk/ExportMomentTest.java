package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.api.Clients;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An export is the state of one moment, and the next begins there. */
@QuarkusTest
class ExportMomentTest {
  @Inject AgroalDataSource database;

  private final BulkClient client = new BulkClient(Clients::hospital);

  @Test
  void since_brings_what_changed_later_and_what_was_deleted() {
    var patient = put("Patient", patient(randomId()));
    put("Observation", observation(randomId(), patient));
    var gone = put("Observation", observation(randomId(), patient));
    var before =
        client.manifest(
            client
                .async()
                .body(BulkClient.parameters("patient", "Patient/" + patient))
                .post("/fhir/Patient/$export"));
    assertThat(client.ids(before, "Observation")).hasSize(2);

    var later = put("Observation", observation(randomId(), patient));
    hospital().delete("/fhir/Observation/" + gone).then().statusCode(204);
    var since = before.getString("transactionTime");
    var after =
        client.manifest(
            client
                .async()
                .body(BulkClient.parameters("patient", "Patient/" + patient, "_since", since))
                .post("/fhir/Patient/$export"));

    assertThat(client.ids(after, "Observation")).containsExactly(later);
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
    var body = BulkClient.parameters("patient", "Patient/" + patient);
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
                    BulkClient.parameters(
                        "patient",
                        "Patient/" + patient,
                        "_since",
                        manifest.getString("transactionTime")))
                .post("/fhir/Patient/$export"));
    assertThat(client.ids(next, "Observation")).containsExactlyInAnyOrder(changed, added);
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
}
