package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static io.yitong.hub.api.Clients.readOnlyHospital;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class FhirApiTest {
  @Inject AgroalDataSource database;

  @Test
  void what_is_created_can_be_read_at_its_location() {
    var location =
        hospital()
            .body(patient("ignored"))
            .post("/fhir/Patient")
            .then()
            .statusCode(201)
            .header("ETag", "W/\"1\"")
            .header("Last-Modified", notNullValue())
            .contentType("application/fhir+json;charset=utf-8")
            .body("meta.versionId", equalTo("1"))
            .body("name[0].text", equalTo("王瑋"))
            .extract()
            .header("Location");

    var version = location.substring(location.indexOf("/fhir/"));
    hospital().get(version).then().statusCode(200).body("name[0].family", equalTo("王"));
    hospital()
        .get(version.substring(0, version.indexOf("/_history")))
        .then()
        .statusCode(200)
        .header("ETag", "W/\"1\"");
  }

  @Test
  void a_read_of_the_version_one_has_is_answered_without_it() {
    var id = put(patient(randomId()));

    hospital()
        .header("If-None-Match", "W/\"1\"")
        .get("/fhir/" + id)
        .then()
        .statusCode(304)
        .body(is(""));
  }

  @Test
  void an_update_makes_a_version_and_a_stale_one_is_refused() {
    var id = randomId();
    put(patient(id));

    hospital()
        .header("If-Match", "W/\"1\"")
        .body(patient(id).replace("true", "false"))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"");
    hospital()
        .header("If-Match", "W/\"1\"")
        .body(patient(id))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("version-conflict"));
    hospital()
        .get("/fhir/Patient/" + id + "/_history")
        .then()
        .statusCode(200)
        .body("total", is(2))
        .body("entry.response.etag", contains("W/\"2\"", "W/\"1\""));
    hospital().get("/fhir/Patient/" + id + "/_history/1").then().body("active", is(true));
  }

  @Test
  void a_client_that_prefers_less_gets_no_body() {
    var id = randomId();
    hospital()
        .header("Prefer", "return=minimal")
        .body(patient(id))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201)
        .header("Location", startsWith("http"))
        .body(is(""));
  }

  @Test
  void a_deleted_resource_is_gone_and_stays_in_history() {
    var id = put(patient(randomId()));

    hospital().delete("/fhir/" + id).then().statusCode(204);

    hospital().get("/fhir/" + id).then().statusCode(410);
    hospital().get("/fhir/" + id + "/_history/1").then().statusCode(200);
    hospital()
        .get("/fhir/" + id + "/_history")
        .then()
        .body("entry.request.method", contains("DELETE", "PUT"));
  }

  @Test
  void to_whom_a_record_is_not_open_its_absence_looks_the_same() {
    var id = put(patient(randomId()));

    var hidden = fuling().header("X-Correlation-Id", "same").get("/fhir/" + id);
    var absent = fuling().header("X-Correlation-Id", "same").get("/fhir/Patient/" + randomId());

    assertThat(hidden.statusCode()).isEqualTo(403);
    assertThat(absent.statusCode()).isEqualTo(403);
    assertThat(hidden.asString()).isEqualTo(absent.asString());
    assertThat(hidden.headers().asList()).hasSameSizeAs(absent.headers().asList());
    fuling().get("/fhir/Patient?_id=" + id.substring(8)).then().body("entry", nullValue());
    fuling().get("/fhir/" + id + "/_history").then().statusCode(403);
    fuling().get("/fhir/" + id + "/_history/1").then().statusCode(403);
  }

  @Test
  void a_search_is_answered_with_links_by_which_every_page_is_found() {
    var patient = randomId();
    put(patient(patient));
    for (var i = 0; i < 5; i++) {
      put(observation(randomId(), patient));
    }
    var seen = new ArrayList<String>();
    var url = "/fhir/Observation?patient=" + patient + "&_count=2&_sort=-date&_total=accurate";
    while (url != null) {
      var page = hospital().get(url).then().statusCode(200).body("total", is(5)).extract();
      seen.addAll(page.path("entry.resource.id"));
      String next = page.path("link.find { it.relation == 'next' }?.url");
      url = next == null ? null : next.substring(next.indexOf("/fhir/"));
    }
    assertThat(seen).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void a_search_can_be_posted_as_a_form() {
    var patient = randomId();
    put(patient(patient));
    put(observation(randomId(), patient));

    hospital()
        .contentType("application/x-www-form-urlencoded")
        .body("patient=Patient%2F" + patient + "&_include=Observation:subject")
        .post("/fhir/Observation/_search")
        .then()
        .statusCode(200)
        .body("entry.search.mode", contains("match", "include"))
        .body("entry.resource.resourceType", contains("Observation", "Patient"));
  }

  @Test
  void the_bytes_of_decimals_and_characters_come_back_as_sent() {
    var patient = randomId();
    put(patient(patient));
    var id = put(observation(randomId(), patient));

    assertThat(hospital().get("/fhir/" + id).asString()).contains("\"value\":32.0");
    assertThat(hospital().get("/fhir/" + id + "?_pretty=true").asString())
        .contains("\n")
        .contains("32.0");
  }

  @Test
  void a_transaction_is_done_whole_or_not_at_all() {
    var id = randomId();
    var good = transaction(entry("PUT", "Patient/" + id, patient(id)), "");
    var other = randomId();
    var bad =
        transaction(
            entry("PUT", "Patient/" + other, patient(other)),
            "," + entry("PUT", "Observation/" + other, observation(other, "nobody")));

    hospital()
        .body(good)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("type", equalTo("transaction-response"))
        .body("entry[0].response.status", equalTo("201"))
        .body("entry[0].response.location", matchesPattern(".*/fhir/Patient/.*/_history/1"));
    hospital()
        .body(bad)
        .post("/fhir")
        .then()
        .statusCode(422)
        .body("issue[0].details.coding[0].code", equalTo("reference-unresolved"));
    hospital().get("/fhir/Patient/" + other).then().statusCode(403);
  }

  @Test
  void a_transaction_reads_what_it_wrote() {
    var id = randomId();
    var body =
        transaction(
            "{\"request\":{\"method\":\"GET\",\"url\":\"Patient?_id=" + id + "\"}}",
            "," + entry("PUT", "Patient/" + id, patient(id)));

    hospital()
        .body(body)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry[0].resource.entry[0].resource.id", equalTo(id))
        .body("entry[1].response.status", equalTo("201"));
  }

  @Test
  void the_entries_of_a_batch_stand_alone() {
    var id = randomId();
    var body =
        """
        {"resourceType":"Bundle","type":"batch","entry":[%s,
          {"request":{"method":"GET","url":"Patient/%s"}},
          {"request":{"method":"GET","url":"Patient?colour=red"}},
          {"request":{"method":"DELETE","url":"Patient/%s"}}]}\
        """
            .formatted(entry("PUT", "Patient/" + id, patient(id)), id, id);
    var correlation = randomId();

    hospital()
        .header("X-Correlation-Id", correlation)
        .body(body)
        .post("/fhir")
        .then()
        .statusCode(200)
        .header("X-Correlation-Id", correlation)
        .body("entry.response.status", contains("201", "200", "400", "204"))
        .body(
            "entry[2].response.outcome.issue[0].details.coding[0].code",
            equalTo("search-parameter-unknown"));
    assertThat(audited(correlation))
        .containsExactly("update", "read", "search-type search-parameter-unknown", "delete");
  }

  @Test
  void eight_concurrent_conditional_creates_give_one_201_and_seven_200() throws Exception {
    var number = randomId();
    Callable<Integer> create =
        () ->
            hospital()
                .header("If-None-Exist", "identifier=" + number)
                .body(patient(number))
                .post("/fhir/Patient")
                .statusCode();
    var pool = Executors.newFixedThreadPool(8);
    var statuses = new ArrayList<Integer>();
    for (var answer : pool.invokeAll(Stream.generate(() -> create).limit(8).toList())) {
      statuses.add(answer.get());
    }
    pool.shutdown();

    assertThat(statuses).containsExactlyInAnyOrder(201, 200, 200, 200, 200, 200, 200, 200);
  }

  @Test
  void conditional_update_and_delete_find_their_resource() {
    var id = randomId();
    put(patient(id));

    hospital()
        .body(patient(id).replace("\"id\":\"" + id + "\",", "").replace("true", "false"))
        .put("/fhir/Patient?identifier=" + id)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("meta.versionId", equalTo("2"));
    hospital().delete("/fhir/Patient?identifier=" + id).then().statusCode(204);
    hospital().get("/fhir/Patient/" + id).then().statusCode(410);
  }

  @ParameterizedTest
  @CsvSource({
    "/fhir/Patient?colour=red, 400, search-parameter-unknown",
    "/fhir/Patient?name:sounds=x, 400, search-modifier-unknown",
    "/fhir/Patient?birthdate=2026-02-30, 400, search-value-invalid",
    "/fhir/Colour/1, 404, resource-type-unknown",
    "/fhir/Binary/1, 404, resource-type-unknown",
    "/fhir/Patient/a_b, 400, resource-id-invalid",
    "/fhir/Patient/1/_history/x, 400, parameter-invalid",
    "/fhir/Patient/$paint, 404, operation-unknown",
    "/fhir/Patient?_format=ttl, 406, format-not-supported",
    "/fhir/Patient/1/2/3, 404, address-unknown",
  })
  void what_cannot_be_answered_is_refused_in_two_languages(String url, int status, String code) {
    hospital()
        .get(url)
        .then()
        .statusCode(status)
        .contentType("application/fhir+json;charset=utf-8")
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].details.coding[0].code", equalTo(code))
        .body("issue[0].details.text", matchesPattern(".*[\\u4e00-\\u9fff].*"))
        .body("issue[0].diagnostics", matchesPattern(".*[a-z].*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"resourceType\":\"Patient\"; 400; resource-malformed",
        "{\"resourceType\":\"Patient\",\"colour\":\"red\"}; 400; element-unknown",
        "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}; 400; resource-type-unexpected",
        "<Patient/>; 400; resource-malformed",
      })
  void a_malformed_resource_is_refused(String body, int status, String code) {
    hospital()
        .body(body)
        .post("/fhir/Patient")
        .then()
        .statusCode(status)
        .body("issue[0].details.coding[0].code", equalTo(code));
  }

  @Test
  void a_scope_that_does_not_cover_it_is_refused_by_name() {
    readOnlyHospital().get("/fhir/Observation").then().statusCode(403);
    readOnlyHospital()
        .body(patient("x"))
        .post("/fhir/Patient")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
  }

  @Test
  void an_operator_writes_reference_data_and_reads_no_patient() {
    var id = randomId();
    operator()
        .body("{\"resourceType\":\"Organization\",\"id\":\"" + id + "\",\"name\":\"示例\"}")
        .put("/fhir/Organization/" + id)
        .then()
        .statusCode(201);
    operator().get("/fhir/Organization/" + id).then().statusCode(200);
    fuling().get("/fhir/Organization/" + id).then().statusCode(200);
    operator().get("/fhir/Patient").then().statusCode(403);
    hospital()
        .body("{\"resourceType\":\"Organization\",\"id\":\"" + id + "\",\"name\":\"x\"}")
        .put("/fhir/Organization/" + id)
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("other-institutions-data"));
  }

  @Test
  void every_interaction_leaves_one_row_in_the_audit_refused_or_not() {
    var id = randomId();
    var correlation = randomId();
    hospital().header("X-Correlation-Id", correlation).body(patient(id)).put("/fhir/Patient/" + id);
    hospital().header("X-Correlation-Id", correlation).get("/fhir/Patient/" + id);
    fuling().header("X-Correlation-Id", correlation).get("/fhir/Patient/" + id);
    hospital().header("X-Correlation-Id", correlation).get("/fhir/Patient?_id=" + id);
    hospital().header("X-Correlation-Id", correlation).get("/fhir/Patient?colour=red");
    hospital().header("X-Correlation-Id", correlation).body("{").post("/fhir/Patient");
    hospital().header("X-Correlation-Id", correlation).body("{").post("/fhir");

    assertThat(audited(correlation))
        .containsExactly(
            "update",
            "read",
            "read not-permitted",
            "search-type",
            "search-type search-parameter-unknown",
            "create resource-malformed",
            "transaction resource-malformed");
  }

  @Test
  void without_a_token_nothing_is_answered_but_the_capabilities() {
    RestAssured.given().get("/fhir/Patient").then().statusCode(401);
    RestAssured.given().get("/fhir/metadata").then().statusCode(200);
  }

  @Test
  void an_operation_is_called_with_what_its_query_or_body_says() {
    hospital()
        .get("/fhir/$echo?word=医通")
        .then()
        .statusCode(200)
        .body("parameter[0].valueString", equalTo("医通"));
    hospital()
        .body(
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"word\",\"valueString\":\"x\"}]}")
        .post("/fhir/$echo")
        .then()
        .statusCode(200)
        .body("parameter", hasSize(1));
    operator().get("/fhir/$echo?word=x").then().statusCode(403);
  }

  @Test
  void when_every_connection_breaks_the_hub_says_so_at_worst_and_recovers_by_itself()
      throws SQLException {
    var id = put(patient(randomId()));
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    await()
        .until(
            () -> {
              var status = hospital().get("/fhir/" + id).statusCode();
              assertThat(status).isIn(200, 503);
              return status == 200;
            });
    put(patient(randomId()));
  }

  private static String put(String resource) {
    var json = io.restassured.path.json.JsonPath.from(resource);
    var key = json.getString("resourceType") + "/" + json.getString("id");
    hospital().body(resource).put("/fhir/" + key).then().statusCode(201);
    return key;
  }

  private static String transaction(String first, String others) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + first
        + others
        + "]}";
  }

  private static String entry(String method, String url, String resource) {
    return "{\"resource\":"
        + resource
        + ",\"request\":{\"method\":\""
        + method
        + "\",\"url\":\""
        + url
        + "\"}}";
  }

  /** Interaction and error of each row, in order. */
  private List<String> audited(String correlation) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "select concat_ws(' ', interaction, error) from audit_event where correlation = ?"
                    + " order by id")) {
      select.setString(1, correlation);
      var rows = select.executeQuery();
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
