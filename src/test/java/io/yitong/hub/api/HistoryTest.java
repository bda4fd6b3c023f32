package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class HistoryTest {
  @Test
  void every_version_is_there_newest_first_with_what_made_it() {
    var id = patientOfVersions(2);
    hospital().delete("/fhir/Patient/" + id).then().statusCode(204);

    hospital()
        .get("/fhir/Patient/" + id + "/_history")
        .then()
        .statusCode(200)
        .body("type", equalTo("history"))
        .body("total", is(3))
        .body("entry.request.method", contains("DELETE", "PUT", "PUT"))
        .body("entry.response.status", contains("204", "200", "201"))
        .body("entry.response.etag", contains("W/\"3\"", "W/\"2\"", "W/\"1\""))
        .body("entry[0].resource", nullValue())
        .body("entry[2].resource.meta.versionId", equalTo("1"));
  }

  @Test
  void pages_follow_one_another_while_versions_are_added() {
    var id = patientOfVersions(5);
    var seen = new ArrayList<String>();
    var url = "/fhir/Patient/" + id + "/_history?_count=2";
    while (url != null) {
      var page = hospital().get(url).then().statusCode(200).extract().jsonPath();
      seen.addAll(page.getList("entry.resource.meta.versionId"));
      url = next(page);
      change(id);
    }
    assertThat(seen).containsExactly("5", "4", "3", "2", "1");
  }

  @Test
  void since_leaves_out_what_was_before_and_at_shows_what_held_then() {
    var id = patientOfVersions(1);
    var second = change(id);
    var third = change(id);

    versions(id, "_since=" + encoded(second), "3", "2");
    versions(id, "_since=" + encoded(third), "3");
    versions(id, "_at=" + encoded(second), "2");
    versions(id, "_at=2020-01-01");
    hospital().get("/fhir/Patient/" + randomId() + "/_history").then().statusCode(403);
  }

  @Test
  void a_type_and_everything_have_a_history_too() {
    var since = encoded(change(patientOfVersions(1)));
    var patient = patientOfVersions(2);
    var observation = randomId();
    hospital()
        .body(observation(observation, patient))
        .put("/fhir/Observation/" + observation)
        .then()
        .statusCode(201);

    assertThat(ids("/fhir/Patient/_history?_since=" + since)).contains(patient);
    assertThat(ids("/fhir/Observation/_history?_since=" + since))
        .contains(observation)
        .doesNotContain(patient);
    assertThat(ids("/fhir/_history?_since=" + since)).contains(patient, observation);
    assertThat(urls(fuling().get("/fhir/_history?_since=" + since).jsonPath()))
        .isNotNull()
        .noneMatch(url -> url.endsWith(patient) || url.endsWith(observation));
  }

  @Test
  void the_total_counts_what_the_caller_sees_and_no_more() {
    var id = patientOfVersions(3);

    hospital()
        .get("/fhir/Patient/" + id + "/_history?_count=0")
        .then()
        .statusCode(200)
        .body("total", is(3))
        .body("entry", nullValue());
    fuling().get("/fhir/Patient/" + id + "/_history").then().statusCode(403);
  }

  @ParameterizedTest
  @CsvSource({
    "_since=2026-02-30, parameter-invalid",
    "_at=yesterday, parameter-invalid",
    "_count=-1, parameter-invalid",
    "_cursor=x, parameter-invalid",
    "_sort=-date, parameter-unknown",
    "_count=1&_count=2, parameter-repeated",
  })
  void what_a_history_does_not_take_is_refused(String query, String code) {
    for (var of : List.of("", "Patient/", "Patient/" + patientOfVersions(1) + "/")) {
      hospital()
          .get("/fhir/" + of + "_history?" + query)
          .then()
          .statusCode(400)
          .body("issue[0].details.coding[0].code", equalTo(code));
    }
  }

  @Test
  void a_page_is_never_larger_than_the_hub_allows() {
    hospital()
        .get("/fhir/Patient/" + patientOfVersions(2) + "/_history?_count=1000000")
        .then()
        .statusCode(200)
        .body("entry", hasSize(2));
  }

  private static void versions(String id, String query, String... expected) {
    var found =
        hospital()
            .get("/fhir/Patient/" + id + "/_history?" + query)
            .then()
            .statusCode(200)
            .body("total", is(expected.length))
            .extract()
            .jsonPath()
            .<String>getList("entry.resource.meta.versionId");
    assertThat(found == null ? List.<String>of() : found).containsExactly(expected);
  }

  private static List<String> ids(String first) {
    var found = new ArrayList<String>();
    var url = first;
    while (url != null) {
      var page = hospital().get(url).then().statusCode(200).extract().jsonPath();
      found.addAll(page.getList("entry.resource.id"));
      url = next(page);
    }
    return found;
  }

  private static List<String> urls(JsonPath page) {
    return page.getList("entry.fullUrl") == null ? List.of() : page.getList("entry.fullUrl");
  }

  private static String next(JsonPath page) {
    var next = page.getString("link.find { it.relation == 'next' }?.url");
    return next == null ? null : next.substring(next.indexOf("/fhir/"));
  }

  private static String patientOfVersions(int versions) {
    var id = randomId();
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
    for (var version = 2; version <= versions; version++) {
      change(id);
    }
    return id;
  }

  /** When it was done. */
  private static String change(String id) {
    return hospital()
        .body(patient(id).replace("瑋", randomId()))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .extract()
        .path("meta.lastUpdated");
  }

  private static String encoded(String time) {
    return URLEncoder.encode(time, StandardCharsets.UTF_8);
  }
}
