package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional interactions, preferences, and the addresses of searches. */
@QuarkusTest
class ConditionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "If-None-Match; W/\"1\"; 304",
        "If-None-Match; \"1\"; 304",
        "If-None-Match; 1; 304",
        "If-None-Match; W/\"7\", W/\"1\"; 304",
        "If-None-Match; *; 304",
        "If-None-Match; W/\"2\"; 200",
        "If-Modified-Since; Fri, 01 Jan 2100 00:00:00 GMT; 304",
        "If-Modified-Since; Wed, 01 Jan 2020 00:00:00 GMT; 200",
        "If-Modified-Since; yesterday; 200",
      })
  void a_reader_is_not_sent_what_it_has(String header, String value, int status) {
    var id = stored();
    hospital()
        .header(header, value)
        .get("/fhir/Patient/" + id)
        .then()
        .statusCode(status)
        .header("ETag", "W/\"1\"")
        .body(status == 304 ? is("") : containsString(id));
  }

  @Test
  void a_reader_s_tag_goes_before_its_time() {
    hospital()
        .header("If-None-Match", "W/\"7\"")
        .header("If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT")
        .get("/fhir/Patient/" + stored())
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"1\"", "\"1\"", "1"})
  void if_match_is_taken_weak_strong_and_bare(String tag) {
    var id = stored();
    hospital()
        .header("If-Match", tag)
        .body(patient(id).replace("true", "false"))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"");
    hospital().header("If-Match", tag).delete("/fhir/Patient/" + id).then().statusCode(412);
    hospital()
        .header("If-Match", "W/\"2\"")
        .delete("/fhir/Patient?identifier=" + id)
        .then()
        .statusCode(204);
  }

  @Test
  void if_match_guards_conditional_updates_too() {
    var id = stored();
    hospital()
        .header("If-Match", "W/\"3\"")
        .body(patient(id).replace("true", "false"))
        .put("/fhir/Patient?identifier=" + id)
        .then()
        .statusCode(412);
    hospital()
        .header("If-Match", "W/\"1\"")
        .body(patient(id).replace("true", "false"))
        .put("/fhir/Patient?identifier=" + id)
        .then()
        .statusCode(200)
        .header("Location", endsWith("/fhir/Patient/" + id + "/_history/2"));
    hospital()
        .header("If-Match", "W/\"1\"")
        .body(patient(randomId()))
        .put("/fhir/Patient?identifier=" + randomId())
        .then()
        .statusCode(412);
    hospital().header("If-Match", "one").delete("/fhir/Patient/" + id).then().statusCode(400);
  }

  @Test
  void an_update_may_ask_that_there_be_none() {
    var id = randomId();
    hospital()
        .header("If-None-Match", "*")
        .body(patient(id))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201)
        .header("Location", endsWith("/fhir/Patient/" + id + "/_history/1"));
    hospital()
        .header("If-None-Match", "*")
        .body(patient(id))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("resource-exists"));
  }

  @Test
  void a_criterion_that_several_meet_changes_none() {
    var tag = randomId();
    var one = stored(tag);
    var other = stored(tag);

    hospital().body(patient("x")).put("/fhir/Patient?_tag=" + tag).then().statusCode(412);
    hospital()
        .header("If-None-Exist", "_tag=" + tag)
        .body(patient(randomId()))
        .post("/fhir/Patient")
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("matches-not-one"));
    hospital().get("/fhir/Patient/" + one).then().header("ETag", "W/\"1\"");
    hospital().get("/fhir/Patient/" + other).then().header("ETag", "W/\"1\"");
  }

  @Test
  void a_criterion_that_says_nothing_is_refused() {
    hospital().delete("/fhir/Patient").then().statusCode(400);
    hospital().body(patient("x")).put("/fhir/Patient").then().statusCode(400);
    hospital().delete("/fhir/Patient?colour=red").then().statusCode(400);
  }

  @Test
  void what_is_deleted_is_gone_at_its_address_and_at_that_version() {
    var id = stored();
    hospital()
        .header("Prefer", "return=OperationOutcome")
        .delete("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .body("resourceType", equalTo("OperationOutcome"));

    hospital().get("/fhir/Patient/" + id).then().statusCode(410);
    hospital().get("/fhir/Patient/" + id + "/_history/2").then().statusCode(410);
    hospital().get("/fhir/Patient/" + id + "/_history/1").then().statusCode(200);
    hospital().get("/fhir/Patient/" + id + "/_history/3").then().statusCode(403);
    hospital().delete("/fhir/Patient/" + id).then().statusCode(204);
    hospital()
        .body(patient(id))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201)
        .header("ETag", "W/\"3\"");
  }

  @Test
  void head_answers_like_get_without_the_body() {
    var id = stored();
    for (var path :
        new String[] {"/fhir/Patient/" + id, "/fhir/Patient?_id=" + id, "/fhir/metadata"}) {
      hospital().head(path).then().statusCode(200).body(is(""));
    }
    hospital().head("/fhir/Patient/" + id).then().header("ETag", "W/\"1\"");
  }

  @Test
  void unknown_parameters_are_left_out_for_who_prefers_that_and_it_says_so() {
    var id = stored();
    hospital().get("/fhir/Patient?_id=" + id + "&colour=red").then().statusCode(400);
    hospital()
        .header("Prefer", "handling=lenient")
        .get("/fhir/Patient?_id=" + id + "&colour=red")
        .then()
        .statusCode(200)
        .body("link.find { it.relation == 'self' }.url", not(containsString("colour")))
        .body("entry.search.mode", contains("match", "outcome"))
        .body("entry[1].resource.issue[0].diagnostics", containsString("colour"));
  }

  @Test
  void all_types_and_compartments_are_searched_at_their_addresses() {
    var tag = randomId();
    var patient = stored(tag);
    var observation = randomId();
    hospital().body(observation(observation, patient)).put("/fhir/Observation/" + observation);

    hospital()
        .get("/fhir?_type=Patient,Observation&_tag=" + tag + "&_total=accurate")
        .then()
        .statusCode(200)
        .body("total", is(1))
        .body("entry[0].resource.id", equalTo(patient));
    hospital()
        .contentType("application/x-www-form-urlencoded")
        .body("_tag=" + tag)
        .post("/fhir/_search")
        .then()
        .statusCode(200)
        .body("entry[0].resource.id", equalTo(patient));
    hospital()
        .get("/fhir/Patient/" + patient + "/Observation?status=final")
        .then()
        .statusCode(200)
        .body("entry.resource.id", contains(observation))
        .body(
            "link.find { it.relation == 'self' }.url",
            containsString("/Patient/" + patient + "/Observation?status=final"));
    hospital()
        .contentType("application/x-www-form-urlencoded")
        .body("status=final")
        .post("/fhir/Patient/" + patient + "/Observation/_search")
        .then()
        .statusCode(200)
        .body("entry.resource.id", contains(observation));
    hospital()
        .get("/fhir/Patient/" + patient + "/*")
        .then()
        .statusCode(200)
        .body("entry.resource.id", containsInAnyOrder(patient, observation));
    hospital()
        .get("/fhir?_type=Patient&_tag=" + tag)
        .then()
        .body("link.find { it.relation == 'self' }.url", containsString("/fhir/Patient?_tag="));
  }

  @Test
  void the_pages_of_a_search_lead_there_and_back() {
    var tag = randomId();
    for (var i = 0; i < 3; i++) {
      stored(tag);
    }
    var first =
        hospital()
            .get("/fhir/Patient?_tag=" + tag + "&_count=2&_pretty=true")
            .then()
            .body("link.find { it.relation == 'previous' }", nullValue())
            .extract();
    var second = follow(first.path("link.find { it.relation == 'next' }.url"));
    assertThat(second.asString()).contains("\n");
    var again = follow(second.path("link.find { it.relation == 'previous' }.url"));
    assertThat(again.<Object>path("entry.resource.id")).isEqualTo(first.path("entry.resource.id"));
  }

  private static io.restassured.response.ExtractableResponse<?> follow(String url) {
    return hospital().get(url.substring(url.indexOf("/fhir/"))).then().statusCode(200).extract();
  }

  private static String stored() {
    return stored(randomId());
  }

  private static String stored(String tag) {
    var id = randomId();
    var tagged =
        patient(id)
            .replace("\"active\"", "\"meta\":{\"tag\":[{\"code\":\"" + tag + "\"}]},\"active\"");
    hospital().body(tagged).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }
}
