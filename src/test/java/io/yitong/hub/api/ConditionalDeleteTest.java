package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.FULING;
import static io.yitong.hub.api.Clients.HOSPITAL;
import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Conditional delete of several (FHIR R4, 3.1.0.7.1); at most 20 at once in tests. */
@QuarkusTest
class ConditionalDeleteTest {
  private final String tag = randomId();
  @Inject AuditRows audit;

  @Test
  void all_that_meet_the_criterion_are_deleted_and_nothing_else() {
    var one = stored();
    var other = stored();
    var kept = randomId();
    hospital().body(patient(kept)).put("/fhir/Patient/" + kept).then().statusCode(201);

    hospital()
        .delete("/fhir/Patient?_tag=" + tag)
        .then()
        .statusCode(204)
        .header("ETag", nullValue())
        .header("Location", nullValue())
        .body(is(""));

    hospital().get("/fhir/Patient/" + one).then().statusCode(410);
    hospital().get("/fhir/Patient/" + other).then().statusCode(410);
    hospital().get("/fhir/Patient/" + other + "/_history/1").then().statusCode(200);
    hospital().get("/fhir/Patient/" + kept).then().statusCode(200);
    hospital()
        .get("/fhir/metadata")
        .then()
        .body("rest[0].resource.conditionalDelete", everyItem(equalTo("multiple")));
  }

  @Test
  void who_asks_is_told_how_many() {
    stored();
    stored();

    deleteWithOutcome("3b").body("issue[0].diagnostics", equalTo("Deleted 0 × Patient"));
    deleteWithOutcome(tag).body("issue[0].diagnostics", equalTo("Deleted 2 × Patient"));
  }

  private static io.restassured.response.ValidatableResponse deleteWithOutcome(String tag) {
    return hospital()
        .header("Prefer", "return=OperationOutcome")
        .delete("/fhir/Patient?_tag=" + tag)
        .then()
        .statusCode(200)
        .header("Location", nullValue());
  }

  @Test
  void more_than_the_most_are_refused_and_none_is_deleted() {
    var ids = IntStream.range(0, 21).mapToObj(i -> randomId()).toList();
    var entries =
        ids.stream()
            .map(id -> entry("PUT", "Patient/" + id, ",\"resource\":" + tagged(id, HOSPITAL)))
            .collect(Collectors.joining(","));
    hospital().body(bundle("transaction", entries)).post("/fhir").then().statusCode(200);

    hospital()
        .delete("/fhir/Patient?_tag=" + tag)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("matches-too-many"))
        .body("issue[0].diagnostics", containsString("More than 20"));
    count(hospital(), 21);

    hospital()
        .delete("/fhir/Patient?_tag=" + tag + "&_id=" + String.join(",", ids.subList(0, 20)))
        .then()
        .statusCode(204);
    count(hospital(), 1);
  }

  @Test
  void another_institutions_resources_are_neither_deleted_nor_counted() {
    stored();
    stored();
    var theirs = randomId();
    fuling().body(tagged(theirs, FULING)).put("/fhir/Patient/" + theirs).then().statusCode(201);

    hospital().delete("/fhir/Patient?_tag=" + tag).then().statusCode(204);

    count(hospital(), 0);
    fuling().get("/fhir/Patient/" + theirs).then().statusCode(200).header("ETag", "W/\"1\"");
  }

  @Test
  void a_version_can_be_expected_of_one_alone() {
    stored();
    hospital()
        .header("If-Match", "W/\"2\"")
        .delete("/fhir/Patient?_tag=" + tag)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("version-conflict"));
    stored();
    hospital()
        .header("If-Match", "W/\"1\"")
        .delete("/fhir/Patient?_tag=" + tag)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("matches-not-one"));
    count(hospital(), 2);
  }

  @Test
  void an_entry_of_a_transaction_deletes_several_and_other_entries_see_it() {
    stored();
    stored();
    var body =
        bundle(
            "transaction",
            entry("DELETE", "Patient?_tag=" + tag, "")
                + ","
                + entry("GET", "Patient?_tag=" + tag + "&_total=accurate", ""));

    hospital()
        .header("Prefer", "return=OperationOutcome")
        .body(body)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry[0].response.outcome.issue[0].diagnostics", equalTo("Deleted 2 × Patient"))
        .body("entry[1].resource.total", is(0));
  }

  @Test
  void when_the_transaction_fails_none_is_deleted() {
    stored();
    stored();
    var dangling = observation(randomId(), randomId());
    hospital()
        .body(
            bundle(
                "transaction",
                entry("DELETE", "Patient?_tag=" + tag, "")
                    + ","
                    + entry("POST", "Observation", ",\"resource\":" + dangling)))
        .post("/fhir")
        .then()
        .statusCode(422);
    count(hospital(), 2);
  }

  @Test
  void an_entry_of_a_batch_deletes_several() {
    stored();
    stored();
    hospital()
        .body(bundle("batch", entry("DELETE", "Patient?_tag=" + tag, "")))
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry.response.status", contains("204"));
    count(hospital(), 0);
  }

  @Test
  void it_is_one_row_on_record_with_the_patients_it_concerned() {
    var patient = stored();
    for (var i = 0; i < 2; i++) {
      var id = randomId();
      hospital()
          .body(observation(id, patient))
          .put("/fhir/Observation/" + id)
          .then()
          .statusCode(201);
    }
    deleteUnder("of-one-" + tag, "Observation?subject=Patient/" + patient);
    var another = stored();
    deleteUnder("of-two-" + tag, "Patient?_tag=" + tag);

    assertThat(audit.interactions("of-one-" + tag))
        .containsExactly("delete Observation " + patient);
    assertThat(audit.interactions("of-two-" + tag))
        .singleElement()
        .asString()
        .startsWith("delete Patient ")
        .contains(patient, another);
  }

  private static void deleteUnder(String correlation, String address) {
    hospital()
        .header("X-Correlation-Id", correlation)
        .delete("/fhir/" + address)
        .then()
        .statusCode(204);
  }

  private void count(RequestSpecification caller, int expected) {
    caller
        .get("/fhir/Patient?_tag=" + tag + "&_summary=count")
        .then()
        .statusCode(200)
        .body("total", is(expected));
  }

  private String stored() {
    var id = randomId();
    hospital().body(tagged(id, HOSPITAL)).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }

  private String tagged(String id, String institution) {
    return patient(id)
        .replace(HOSPITAL, institution)
        .replace("\"active\"", "\"meta\":{\"tag\":[{\"code\":\"" + tag + "\"}]},\"active\"");
  }

  private static String bundle(String type, String entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}".formatted(type, entries);
  }

  private static String entry(String method, String url, String resource) {
    return "{\"request\":{\"method\":\"%s\",\"url\":\"%s\"}%s}".formatted(method, url, resource);
  }
}
