package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.record.bulk.reindex.RulesInForce;
import io.yitong.hub.record.index.IndexRules;
import io.yitong.hub.record.sql.Sql;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A release whose rules of indexing are not those by which what is stored was indexed. */
@QuarkusTest
class UpgradeTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @Inject DataSource database;
  @Inject RulesInForce rules;

  @AfterEach
  void asItWas() throws SQLException {
    execute("update index_rules set stored = %d, wanted = %1$d, job = null", IndexRules.VERSION);
    await().atMost(LONG).until(() -> IndexRules.stored().version() == IndexRules.VERSION);
    await().atMost(LONG).until(() -> !IndexRules.stored().isAhead());
  }

  @Test
  void what_an_older_release_indexed_is_indexed_anew_and_never_searched_by_half()
      throws SQLException {
    var id = randomId();
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
    execute("update resource set keys = '{}' where fhir_id = '%s'", id);
    execute("update index_rules set stored = 0, wanted = 0, job = null");

    rules.begin();
    rules.begin(); // a second process of the release

    await().atMost(LONG).until(() -> IndexRules.stored().isBehind());
    hospital()
        .get("/fhir/Patient?identifier=" + id)
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("search-parameter-not-ready"));
    hospital()
        .get("/fhir/Patient?colour=red")
        .then()
        .body("issue[0].details.coding[0].code", equalTo("search-parameter-unknown"));
    hospital().get("/fhir/Patient/" + id).then().statusCode(200);
    hospital()
        .get("/fhir/metadata")
        .then()
        .body("rest[0].documentation", containsString("being indexed"))
        .body(
            "rest[0].resource.find { it.type == 'Patient' }.searchParam.find { it.name == 'identifier' }",
            nullValue());
    RestAssured.get("/q/health/ready").then().statusCode(200).body(containsString("progress"));

    await().atMost(LONG).until(() -> !IndexRules.stored().isBehind());
    hospital()
        .get("/fhir/Patient?identifier=" + id)
        .then()
        .statusCode(200)
        .body("entry.resource.id", contains(id));
    hospital().get("/fhir/metadata").then().body("rest[0].documentation", nullValue());
    assertThat(jobs()).isEqualTo(1);
  }

  @Test
  void a_process_of_an_older_release_neither_writes_nor_searches_any_more() throws SQLException {
    execute("update index_rules set wanted = %d", IndexRules.VERSION + 1);
    await().atMost(LONG).until(() -> IndexRules.stored().isAhead());

    hospital()
        .body(patient(randomId()))
        .post("/fhir/Patient")
        .then()
        .statusCode(503)
        .body("issue[0].details.coding[0].code", equalTo("release-superseded"));
    hospital().get("/fhir/Patient?identifier=x").then().statusCode(400);
    RestAssured.get("/q/health/ready").then().statusCode(503);
  }

  private long jobs() throws SQLException {
    try (var connection = database.getConnection()) {
      return Sql.of(
              "select count(*) from bulk_job where kind = ? and created > now() - interval '1 minute'",
              "index-rules-" + IndexRules.VERSION)
          .query(connection, row -> row.getLong(1))
          .get(0);
    }
  }

  private void execute(String sql, Object... values) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql.formatted(values));
    }
  }
}
