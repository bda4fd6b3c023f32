package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.api.Clients;
import io.yitong.hub.record.bulk.BulkFolder;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Jobs whose process ended in the midst of them, and those nobody wants any more. */
@QuarkusTest
class JobsTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final String MANY =
      "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"type\",\"valueCode\":\"Basic\"}]}";

  @Inject AgroalDataSource database;
  @Inject BulkFolder folder;

  private final BulkClient client = new BulkClient(Clients::hospital);

  @Test
  void an_import_goes_on_with_the_batch_after_the_last_that_was_committed()
      throws IOException, SQLException {
    var ids = IntStream.range(0, 510).mapToObj(i -> randomId()).toList();
    var job = UUID.randomUUID();
    Files.writeString(
        folder.make(job).resolve("input-0.ndjson"),
        ids.stream().map(id -> patient(id).replace("\n", "")).collect(Collectors.joining("\n")));
    abandoned(job, "import", "{\"inputs\":[{\"type\":null,\"url\":null}]}", "0 seconds");
    execute(
        "insert into bulk_import_batch (job, input, batch, lines, created, updated, unchanged)"
            + " values ('%s', 0, 0, 500, 500, 0, 0)".formatted(job));
    release(job);

    var manifest = client.finished("/fhir/bulk/" + job).jsonPath();

    assertThat(client.lines(manifest, "output", "OperationOutcome").get(0))
        .contains("created 510, updated 0, unchanged 0, refused 0");
    // The first batch was not done again: this test only says that it was done.
    hospital().get("/fhir/Patient/" + ids.get(499)).then().statusCode(403);
    hospital().get("/fhir/Patient/" + ids.get(500)).then().statusCode(200);
    hospital().get("/fhir/Patient/" + ids.get(509)).then().statusCode(200);
  }

  @Test
  void an_export_is_taken_over_when_its_lease_runs_out_and_leaves_nothing_of_the_first_try()
      throws IOException, SQLException {
    put(randomId());
    var job = UUID.randomUUID();
    var left = folder.make(job).resolve("try-1");
    Files.createDirectories(left);
    Files.writeString(left.resolve("Patient.1.ndjson"), "{\"half");
    abandoned(
        job,
        "export",
        "{\"level\":\"SYSTEM\",\"group\":null,\"types\":[\"Patient\"],\"since\":null,\"until\":null,"
            + "\"filters\":[],\"patients\":[],\"ignored\":[]}",
        "2 seconds");
    release(job);
    hospital()
        .get("/fhir/bulk/" + job)
        .then()
        .statusCode(202)
        .header("X-Progress", startsWith("0 "));

    var manifest = client.finished("/fhir/bulk/" + job).jsonPath();

    assertThat(client.lines(manifest, "output", "Patient"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(JsonPath.from(line).getString("id")).isNotEmpty());
    assertThat(left).doesNotExist();
  }

  @Test
  void a_reindexing_goes_on_behind_the_last_batch_that_was_committed() throws SQLException {
    var done = unindexed();
    var left = unindexed();
    var job = UUID.randomUUID();
    abandoned(job, "reindex", "Basic", "0 seconds");
    execute(
        "update bulk_job set done = 1, place = (select rid from resource where fhir_id = '%s')::text where id = '%s'"
            .formatted(done, job));
    release(job);

    await().atMost(LONG).until(() -> "completed".equals(state(job.toString())));

    assertThat(found(left)).isEqualTo(1);
    // Behind its place it was not looked at again.
    assertThat(found(done)).isZero();
  }

  /** A stored resource that nothing finds. */
  private String unindexed() throws SQLException {
    var id = randomId();
    hospital()
        .body(
            "{\"resourceType\":\"Basic\",\"id\":\"%s\",\"code\":{\"coding\":[{\"code\":\"%s\"}]}}"
                .formatted(id, id))
        .put("/fhir/Basic/" + id)
        .then()
        .statusCode(201);
    execute("update resource set keys = '{}' where fhir_id = '" + id + "'");
    return id;
  }

  private static int found(String code) {
    return hospital().get("/fhir/Basic?code=" + code + "&_summary=count").path("total");
  }

  @Test
  void a_job_that_is_being_worked_on_can_be_cancelled() throws SQLException {
    var id = randomId();
    hospital()
        .body("{\"resourceType\":\"Basic\",\"id\":\"%s\",\"code\":{\"text\":\"x\"}}".formatted(id))
        .put("/fhir/Basic/" + id)
        .then()
        .statusCode(201);
    String status;
    try (var holding = database.getConnection()) {
      holding.setAutoCommit(false);
      try (var lock = holding.createStatement()) {
        lock.execute("select 1 from resource where fhir_id = '" + id + "' for update");
      }
      status =
          BulkClient.statusOf(
              new BulkClient(Clients::operator).async().body(MANY).post("/fhir/$reindex"));
      await().atMost(LONG).until(() -> "running".equals(state(status)));

      operator().delete(status).then().statusCode(202);

      operator().get(status).then().statusCode(404);
      holding.rollback();
      holding.setAutoCommit(true);
    }
    await().atMost(LONG).until(() -> state(status) == null);
  }

  @Test
  void what_has_had_its_time_is_removed() throws SQLException {
    put(randomId());
    var status = BulkClient.statusOf(client.async().get("/fhir/$export?_type=Patient"));
    client.finished(status).then().statusCode(200);
    var job = status.substring(status.lastIndexOf('/') + 1);
    assertThat(folder.of(UUID.fromString(job))).exists();

    execute("update bulk_job set expires = now() - interval '1 hour' where id = '" + job + "'");

    hospital().get(status).then().statusCode(404);
    await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(folder.of(UUID.fromString(job))).doesNotExist());
    await().atMost(LONG).until(() -> state(status) == null);
  }

  /** A job whose process is gone. Not to be taken before {@link #release}. */
  private void abandoned(UUID job, String kind, String instruction, String lease)
      throws SQLException {
    execute(
        """
        insert into bulk_job (id, kind, state, client, subject, institution, roles, scopes, purpose, correlation,
                              request, instruction, created, attempts, worker, lease_until, place)
        select '%s', 'x-' || '%s', 'running', client, subject, institution, roles, scopes, purpose, correlation,
               request, '%s', now(), 1, gen_random_uuid(), now() + interval '%s', ''
        from bulk_job where id = '%s'\
        """
            .formatted(job, kind, instruction, lease, any()));
  }

  private void release(UUID job) throws SQLException {
    execute("update bulk_job set kind = substr(kind, 3) where id = '" + job + "'");
  }

  /** A job of the hospital's, to be like. */
  private String any() {
    var status = BulkClient.statusOf(client.async().get("/fhir/$export?_type=Organization"));
    return status.substring(status.lastIndexOf('/') + 1);
  }

  private static void put(String id) {
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
  }

  private String state(String status) throws SQLException {
    try (var connection = database.getConnection();
        var select = connection.prepareStatement("select state from bulk_job where id = ?::uuid")) {
      select.setString(1, status.substring(status.lastIndexOf('/') + 1));
      var rows = select.executeQuery();
      return rows.next() ? rows.getString(1) : null;
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
