package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The interactions on resources, and what they answer. */
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
}
