package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** batch and transaction (FHIR R4, 3.1.0.11). */
@QuarkusTest
class BundleTest {
  @Test
  void entries_refer_to_each_other_by_urn_in_circles_too() {
    var one = "urn:uuid:" + randomId();
    var other = "urn:uuid:" + randomId();
    var response =
        transaction(
                entry(one, "POST", "Patient", linked(other)),
                entry(other, "POST", "Patient", linked(one)))
            .statusCode(200)
            .body("entry.response.status", contains("201", "201"))
            .extract();

    var first = id(response.path("entry[0].response.location"));
    var second = id(response.path("entry[1].response.location"));
    hospital()
        .get("/fhir/Patient/" + first)
        .then()
        .body("link[0].other.reference", equalTo("Patient/" + second));
    hospital()
        .get("/fhir/Patient/" + second)
        .then()
        .body("link[0].other.reference", equalTo("Patient/" + first));
  }

  @Test
  void a_reference_by_criterion_becomes_one_by_id() {
    var id = stored();
    var observation = randomId();
    var byNumber = observation(observation, "x").replace("Patient/x", "Patient?identifier=" + id);

    transaction(entry("", "PUT", "Observation/" + observation, byNumber)).statusCode(200);

    hospital()
        .get("/fhir/Observation/" + observation)
        .then()
        .body("subject.reference", equalTo("Patient/" + id));
    transaction(
            entry(
                "",
                "PUT",
                "Observation/" + randomId(),
                byNumber.replace(id, randomId()).replace("\"id\":\"" + observation + "\",", "")))
        .statusCode(422);
  }

  @Test
  void it_runs_in_the_order_of_the_specification_and_answers_in_that_of_the_entries() {
    var old = stored();
    var created = "urn:uuid:" + randomId();
    var changed = stored();

    var response =
        transaction(
                get("Patient?_id=" + old + "," + changed + "&_total=accurate"),
                patch("Patient/" + changed, "[{\"op\":\"remove\",\"path\":\"/active\"}]"),
                entry(created, "POST", "Patient", patient("x"), ifNoneExist(old)),
                entry("", "DELETE", "Patient/" + old, null))
            .statusCode(200)
            .body("entry.response.status", contains("200", "200", "201", "204"))
            .body("entry[0].resource.total", is(1))
            .body("entry[0].resource.entry[0].resource.id", equalTo(changed))
            .body("entry[0].resource.entry[0].resource.containsKey('active')", is(false));
    assertThat(response.extract().<String>path("entry[2].response.location")).doesNotContain(old);
  }

  @Test
  void a_transaction_reads_all_that_can_be_read() {
    var id = stored();
    transaction(
            get("Patient/" + id),
            get("Patient/" + id + "/_history/1"),
            get("Patient/" + id + "/_history"),
            get("Patient/_history?_count=1"),
            get("$echo?word=x"),
            request("HEAD", "Patient/" + id, ""),
            request("GET", "Patient/" + id, ",\"ifNoneMatch\":\"W/\\\"1\\\"\""),
            request("GET", "Patient/" + id, ",\"ifModifiedSince\":\"2099-01-01T00:00:00Z\""))
        .statusCode(200)
        .body(
            "entry.response.status",
            contains("200", "200", "200", "200", "200", "200", "304", "304"))
        .body("entry[2].resource.type", equalTo("history"))
        .body("entry[4].resource.resourceType", equalTo("Parameters"))
        .body("entry[5].resource", nullValue())
        .body("entry[6].resource", nullValue());
  }

  @Test
  void conditions_of_entries_hold_for_the_whole() {
    var id = stored();
    var other = randomId();

    transaction(
            entry("", "PUT", "Patient/" + other, patient(other)),
            entry("", "PUT", "Patient/" + id, patient(id), ",\"ifMatch\":\"W/\\\"7\\\"\""))
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("version-conflict"));
    transaction(
            entry("", "PUT", "Patient/" + other, patient(other)),
            entry("", "PUT", "Patient/" + id, patient(id), ",\"ifNoneMatch\":\"*\""))
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("resource-exists"));
    transaction(
            entry("", "PUT", "Patient/" + other, patient(other)),
            entry(
                "", "PUT", "Patient?identifier=" + id, patient(id), ",\"ifMatch\":\"W/\\\"7\\\"\""))
        .statusCode(412);
    hospital().get("/fhir/Patient/" + other).then().statusCode(403);
  }

  @Test
  void entries_of_one_criterion_create_one_resource() {
    var number = randomId();
    transaction(
            entry(
                "urn:uuid:" + randomId(), "POST", "Patient", patient(number), ifNoneExist(number)),
            entry(
                "urn:uuid:" + randomId(), "POST", "Patient", patient(number), ifNoneExist(number)))
        .statusCode(200)
        .body("entry.response.status", contains("201", "200"));
    hospital()
        .get("/fhir/Patient?identifier=" + number + "&_total=accurate")
        .then()
        .body("total", is(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE"})
  void one_resource_in_two_entries_is_refused(String second) {
    var id = stored();
    for (var address : new String[] {"Patient/" + id, "Patient?identifier=" + id}) {
      transaction(
              entry("", "PUT", "Patient/" + id, patient(id).replace("true", "false")),
              entry("", second, address, second.equals("PUT") ? patient(id) : null))
          .statusCode(400)
          .body("issue[0].details.coding[0].code", equalTo("duplicate-in-transaction"));
    }
    hospital().get("/fhir/Patient/" + id).then().header("ETag", "W/\"1\"");
  }

  @Test
  void resources_are_repeated_to_who_prefers_it() {
    var id = randomId();
    var put = bundle("transaction", entry("", "PUT", "Patient/" + id, patient(id)));

    hospital()
        .body(put)
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("entry[0].resource", nullValue());
    hospital()
        .header("Prefer", "return=representation")
        .body(put)
        .post("/fhir")
        .then()
        .body("entry[0].resource.id", equalTo(id))
        .body("entry[0].response.etag", equalTo("W/\"1\""));
    hospital()
        .header("Prefer", "return=OperationOutcome")
        .body(put)
        .post("/fhir")
        .then()
        .body("entry[0].response.outcome.resourceType", equalTo("OperationOutcome"));
  }

  @Test
  void each_entry_of_a_batch_succeeds_or_fails_by_itself() {
    var id = stored();
    var other = randomId();
    hospital()
        .body(
            bundle(
                "batch",
                entry("", "PUT", "Patient/" + other, patient(other)),
                entry("", "PUT", "Patient/" + id, patient(id), ",\"ifMatch\":\"W/\\\"7\\\"\""),
                patch("Patient/" + id, "[{\"op\":\"remove\",\"path\":\"/photo\"}]"),
                patch("Patient/" + id, "[{\"op\":\"remove\",\"path\":\"/active\"}]"),
                get("Patient/" + randomId()),
                get("Patient/a/b/c/d"),
                entry("", "DELETE", "Patient/" + other, null),
                get("Patient/" + other),
                entry("", "POST", "$echo", "{\"resourceType\":\"Parameters\"}")))
        .post("/fhir")
        .then()
        .statusCode(200)
        .body("type", equalTo("batch-response"))
        .body(
            "entry.response.status",
            contains("201", "412", "422", "200", "403", "400", "204", "410", "200"))
        .body("entry[2].response.outcome.issue[0].expression[0]", equalTo("/photo"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"request\":{\"method\":\"GET\"}}; element-missing",
        "{\"request\":{\"method\":\"PAINT\",\"url\":\"Patient\"}}; code-not-bound",
        "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/1\"}}; bundle-entry-invalid",
        "{\"request\":{\"method\":\"POST\",\"url\":\"Patient/1\"},\"resource\":{\"resourceType\":\"Patient\"}}; bundle-entry-invalid",
        "{\"request\":{\"method\":\"POST\",\"url\":\"Patient\"},\"resource\":{\"resourceType\":\"Basic\",\"code\":{\"text\":\"x\"}}}; resource-type-unexpected",
        "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/1\"},\"resource\":{\"resourceType\":\"Patient\",\"id\":\"2\"}}; resource-id-mismatch",
        "{\"request\":{\"method\":\"DELETE\",\"url\":\"Patient\"}}; bundle-entry-invalid",
        "{\"request\":{\"method\":\"PATCH\",\"url\":\"Patient/1\"},\"resource\":{\"resourceType\":\"Patient\"}}; resource-type-unexpected",
        "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/1/_history/1/2\"}}; bundle-entry-invalid",
      })
  void an_entry_that_cannot_be_run_is_named(String entry, String code) {
    transaction(entry).statusCode(400).body("issue[0].details.coding[0].code", equalTo(code));
  }

  @Test
  void ten_thousand_entries_are_one_transaction_and_one_more_is_refused() {
    var entries =
        IntStream.range(0, 10_000)
            .mapToObj(
                i ->
                    "{\"request\":{\"method\":\"POST\",\"url\":\"Basic\"},\"resource\":{\"resourceType\":\"Basic\",\"code\":{\"text\":\""
                        + i
                        + "\"}}}")
            .collect(Collectors.joining(","));

    transaction(entries, entries.substring(0, entries.indexOf("},{") + 1))
        .statusCode(413)
        .body("issue[0].details.coding[0].code", equalTo("bundle-too-large"))
        .body("issue[0].diagnostics", startsWith("The Bundle has 10,001 entries"));
    transaction(entries)
        .statusCode(200)
        .body("entry", hasSize(10_000))
        .body("entry.response.status", everyItem(equalTo("201")))
        .body("entry[9999].response.location", notNullValue());
  }

  private static ValidatableResponse transaction(String... entries) {
    return hospital().body(bundle("transaction", entries)).post("/fhir").then();
  }

  private static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
        .formatted(type, String.join(",", entries));
  }

  private static String get(String url) {
    return request("GET", url, "");
  }

  private static String request(String method, String url, String condition) {
    return "{\"request\":{\"method\":\"%s\",\"url\":\"%s\"%s}}".formatted(method, url, condition);
  }

  private static String entry(String fullUrl, String method, String url, String resource) {
    return entry(fullUrl, method, url, resource, "");
  }

  private static String entry(
      String fullUrl, String method, String url, String resource, String condition) {
    return "{"
        + (fullUrl.isEmpty() ? "" : "\"fullUrl\":\"" + fullUrl + "\",")
        + (resource == null ? "" : "\"resource\":" + resource + ",")
        + request(method, url, condition).substring(1);
  }

  private static String patch(String url, String jsonPatch) {
    var data = Base64.getEncoder().encodeToString(jsonPatch.getBytes(StandardCharsets.UTF_8));
    return entry(
        "",
        "PATCH",
        url,
        "{\"resourceType\":\"Binary\",\"contentType\":\"application/json-patch+json\",\"data\":\"%s\"}"
            .formatted(data));
  }

  private static String ifNoneExist(String number) {
    return ",\"ifNoneExist\":\"identifier=" + number + "\"";
  }

  private static String linked(String other) {
    return patient("x")
        .replace(
            "\"active\":true",
            "\"active\":true,\"link\":[{\"other\":{\"reference\":\"%s\"},\"type\":\"seealso\"}]"
                .formatted(other));
  }

  private static String stored() {
    var id = randomId();
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }

  private static String id(String location) {
    return location.split("/Patient/", -1)[1].split("/", -1)[0];
  }
}
