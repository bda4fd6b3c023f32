package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.api.Clients;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReindexTest {
  @Inject AgroalDataSource database;

  private final BulkClient client = new BulkClient(Clients::operator);

  @Test
  void what_a_resource_is_found_by_is_made_afresh_and_nothing_else_changes() throws SQLException {
    var patient = put("Patient", patient(randomId()));
    var id = put("Observation", observation(randomId(), patient));
    var before = hospital().get("/fhir/Observation/" + id);
    var search =
        "/fhir/Observation?patient=" + patient + "&code=ALT&date=2026-03-01&value-quantity=32";
    hospital().get(search).then().body("entry.resource.id", contains(id));
    forget(id);
    hospital().get(search).then().statusCode(200).body("entry", equalTo(null));

    var manifest = reindexed("Observation");

    hospital().get(search).then().body("entry.resource.id", contains(id));
    assertThat(hospital().get("/fhir/Observation/" + id).asString()).isEqualTo(before.asString());
    assertThat(manifest.getList("error")).isEmpty();
    assertThat(manifest.getLong("extension.'urn:yitong:bulk:resources'")).isPositive();
  }

  @Test
  void doing_it_again_leaves_every_index_row_as_it_was() throws SQLException {
    var patient = put("Patient", patient(randomId()));
    var id = put("Observation", observation(randomId(), patient));
    reindexed("Observation");
    var before = indexRows(id);
    assertThat(before).hasSizeGreaterThan(8);

    reindexed("Observation");

    assertThat(indexRows(id)).isEqualTo(before);
  }

  @Test
  void an_update_meanwhile_is_not_overwritten() throws InterruptedException {
    var ids = IntStream.range(0, 20).mapToObj(i -> put("Patient", patient(randomId()))).toList();
    var last = new ArrayList<>(ids);
    var stop = new AtomicBoolean();
    var writer = Executors.newSingleThreadExecutor();
    writer.execute(
        () -> {
          while (!stop.get()) {
            for (var i = 0; i < ids.size(); i++) {
              last.set(i, randomId());
              hospital()
                  .body(patient(ids.get(i)).replace("\"王\"", "\"" + last.get(i) + "\""))
                  .put("/fhir/Patient/" + ids.get(i))
                  .then()
                  .statusCode(200);
            }
          }
        });

    reindexed("Patient");
    reindexed("Patient");
    stop.set(true);
    writer.shutdown();
    assertThat(writer.awaitTermination(1, TimeUnit.MINUTES)).isTrue();

    for (var i = 0; i < ids.size(); i++) {
      hospital()
          .get("/fhir/Patient?family=" + last.get(i))
          .then()
          .body("entry.resource.id", contains(ids.get(i)));
      hospital()
          .get("/fhir/Patient?_summary=count&identifier=" + ids.get(i))
          .then()
          .body("total", equalTo(1));
    }
  }

  @Test
  void what_cannot_be_read_any_more_is_reported_and_stops_nothing() throws SQLException {
    var broken = put("Basic", basic(randomId()));
    var good = put("Basic", basic(randomId()));
    forget(good);
    execute(
        "update resource set content = '{\"resourceType\":\"Basic\"' where fhir_id = '"
            + broken
            + "'");

    var manifest = reindexed("Basic");

    assertThat(client.lines(manifest, "error", "OperationOutcome"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("Basic/" + broken));
    hospital()
        .get("/fhir/Basic?code=x&_id=" + good)
        .then()
        .body("entry.resource.id", contains(good));
    execute("delete from resource where fhir_id = '" + broken + "'");
  }

  @Test
  void only_the_operator_reindexes() {
    hospital().header("Prefer", "respond-async").post("/fhir/$reindex").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"type=Nonsense", "type=Binary", "nonsense=1"})
  void what_is_not_understood_is_refused(String query) {
    client.async().post("/fhir/$reindex?" + query).then().statusCode(400);
  }

  private JsonPath reindexed(String type) {
    return client.manifest(
        client
            .async()
            .body(
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"type\",\"valueCode\":\"%s\"}]}"
                    .formatted(type))
            .post("/fhir/$reindex"));
  }

  /** As if the resource had been written by a release that knew none of its parameters. */
  private void forget(String id) throws SQLException {
    for (var table : List.of("index_date", "index_text", "index_quantity", "index_code")) {
      execute(
          "delete from %s where rid = (select rid from resource where fhir_id = '%s')"
              .formatted(table, id));
    }
    execute(
        "update resource set keys = '{}', date_low = '-infinity', date_high = '-infinity' where fhir_id = '"
            + id
            + "'");
  }

  private List<String> indexRows(String id) throws SQLException {
    var found = new ArrayList<String>();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (var table :
          List.of("index_date", "index_text", "index_quantity", "index_code", "index_group")) {
        var rows =
            statement.executeQuery(
                "select to_jsonb(i)::text from %s i join resource r using (rid) where fhir_id = '%s' order by 1"
                    .formatted(table, id));
        while (rows.next()) {
          found.add(table + rows.getString(1));
        }
      }
      var rows =
          statement.executeQuery(
              "select keys::text, date_low, date_high, patient, version, xmin from resource where fhir_id = '"
                  + id
                  + "'");
      rows.next();
      for (var column = 1; column <= 6; column++) {
        found.add(rows.getString(column));
      }
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String put(String type, String json) {
    var id = JsonPath.from(json).getString("id");
    hospital().body(json).put("/fhir/" + type + "/" + id).then().statusCode(201);
    return id;
  }

  private static String basic(String id) {
    return "{\"resourceType\":\"Basic\",\"id\":\"%s\",\"code\":{\"coding\":[{\"system\":\"urn:x\",\"code\":\"x\"}]}}"
        .formatted(id);
  }
}
