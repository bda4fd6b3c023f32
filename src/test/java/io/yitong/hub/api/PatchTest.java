package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class PatchTest {
  private static final String RENAME =
      "[{\"op\":\"replace\",\"path\":\"/name/0/text\",\"value\":\"新名\"}]";

  @Test
  void a_json_patch_changes_what_it_names_and_nothing_else() {
    var patient = stored();
    var id = randomId();
    hospital().body(observation(id, patient)).put("/fhir/Observation/" + id);

    json(
            hospital(),
            "/fhir/Observation/" + id,
            "[{\"op\":\"test\",\"path\":\"/valueQuantity/value\",\"value\":32.00},"
                + "{\"op\":\"add\",\"path\":\"/note\",\"value\":[{\"text\":\"复核\"}]}]")
        .then()
        .statusCode(200)
        .header("ETag", "W/\"2\"")
        .body("note[0].text", equalTo("复核"));
    assertThat(hospital().get("/fhir/Observation/" + id).asString()).contains("\"value\":32.0,");
  }

  @Test
  void a_fhirpath_patch_changes_what_it_names() {
    var id = stored();

    hospital()
        .body(fhirPath("replace", "Patient.name[0].text", "\"valueString\":\"新名\""))
        .patch("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .body("name[0].text", equalTo("新名"))
        .body("meta.versionId", equalTo("2"));
    hospital()
        .contentType("application/fhir+xml")
        .body(
            """
            <Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/>
              <part><name value="type"/><valueCode value="delete"/></part>
              <part><name value="path"/><valueString value="Patient.active"/></part>
            </parameter></Parameters>""")
        .patch("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .body("containsKey('active')", is(false));
  }

  @Test
  void a_conditional_patch_finds_its_resource() {
    var id = stored();

    json(hospital(), "/fhir/Patient?identifier=" + id, RENAME)
        .then()
        .statusCode(200)
        .body("id", equalTo(id));
    json(hospital(), "/fhir/Patient?identifier=" + randomId(), RENAME).then().statusCode(404);
    json(hospital(), "/fhir/Patient?_tag=none-has-this", RENAME).then().statusCode(404);
    json(hospital(), "/fhir/Patient?family=王", RENAME)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("matches-not-one"));
  }

  @Test
  void a_patch_of_a_stale_version_is_refused() {
    var id = stored();
    json(hospital().header("If-Match", "W/\"1\""), "/fhir/Patient/" + id, RENAME)
        .then()
        .statusCode(200);

    json(hospital().header("If-Match", "W/\"1\""), "/fhir/Patient/" + id, RENAME)
        .then()
        .statusCode(412)
        .body("issue[0].details.coding[0].code", equalTo("version-conflict"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; 400; patch-malformed; ''",
        "[{\"op\":\"paint\",\"path\":\"/active\"}]; 400; patch-malformed; ''",
        "[{\"op\":\"add\",\"path\":\"active\",\"value\":1}]; 400; patch-malformed; ''",
        "[{\"op\":\"add\",\"path\":\"/active\"}]; 400; patch-malformed; ''",
        "[{\"op\":\"add\",\"op\":\"test\",\"path\":\"/active\",\"value\":true}]; 400; resource-malformed; ''",
        "[{\"op\":\"test\",\"path\":\"/active\",\"value\":true},{\"op\":\"remove\",\"path\":\"/photo\"}]; 422; patch-target-missing; /photo",
        "[{\"op\":\"replace\",\"path\":\"/name/7/text\",\"value\":\"x\"}]; 422; patch-target-missing; /name/7/text",
        "[{\"op\":\"test\",\"path\":\"/active\",\"value\":false}]; 422; patch-test-failed; /active",
        "[{\"op\":\"replace\",\"path\":\"/id\",\"value\":\"other\"}]; 400; resource-id-mismatch; Patient.id",
        "[{\"op\":\"replace\",\"path\":\"/resourceType\",\"value\":\"Person\"}]; 400; resource-type-unexpected; resourceType",
        "[{\"op\":\"add\",\"path\":\"/colour\",\"value\":\"red\"}]; 400; element-unknown; Patient.colour",
        "[{\"op\":\"replace\",\"path\":\"/active\",\"value\":\"yes\"}]; 400; element-shape-wrong; Patient.active",
      })
  void a_json_patch_that_does_not_apply_says_where(
      String patch, int status, String code, String where) {
    var id = stored();

    var refusal =
        json(hospital(), "/fhir/Patient/" + id, patch)
            .then()
            .statusCode(status)
            .body("issue[0].details.coding[0].code", equalTo(code));
    if (!where.isEmpty()) {
      refusal.body("issue[0].expression[0]", equalTo(where));
    }
    hospital().get("/fhir/Patient/" + id).then().header("ETag", "W/\"1\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "paint; Patient.active; 400; patch-malformed",
        "replace; Patient.active.resolve(); 400; patch-malformed",
        "replace; Patient.photo; 422; patch-target-missing",
        "delete; Patient.name.given | Patient.active; 400; patch-malformed",
        "add; Patient; 400; patch-malformed",
        "replace; Patient; 400; patch-malformed",
      })
  void a_fhirpath_patch_that_does_not_apply_says_why(
      String type, String path, int status, String code) {
    hospital()
        .body(fhirPath(type, path, "\"valueBoolean\":true"))
        .patch("/fhir/Patient/" + stored())
        .then()
        .statusCode(status)
        .body("issue[0].details.coding[0].code", equalTo(code))
        .body("issue[0].diagnostics", containsString("peration 0"));
  }

  @Test
  void a_patch_of_what_is_gone_or_another_s_is_refused_before_it_tells_anything() {
    var id = stored();
    var guess = "[{\"op\":\"test\",\"path\":\"/active\",\"value\":false}]";

    json(fuling(), "/fhir/Patient/" + id, guess)
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("not-permitted"));
    json(hospital(), "/fhir/Patient/" + randomId(), RENAME).then().statusCode(403);
    hospital().delete("/fhir/Patient/" + id);
    json(hospital(), "/fhir/Patient/" + id, RENAME).then().statusCode(410);
    hospital()
        .contentType("application/xml-patch+xml")
        .body("<diff/>")
        .patch("/fhir/Patient/" + id)
        .then()
        .statusCode(415);
  }

  @Test
  void patches_of_one_resource_at_the_same_time_are_all_kept() throws Exception {
    var id = stored();
    var pool = Executors.newFixedThreadPool(8);
    var patches =
        IntStream.range(0, 24)
            .<Callable<Integer>>mapToObj(
                i ->
                    () ->
                        json(
                                hospital(),
                                "/fhir/Patient/" + id,
                                "[{\"op\":\"add\",\"path\":\"/name/-\",\"value\":{\"text\":\"n%d\"}}]"
                                    .formatted(i))
                            .statusCode())
            .toList();
    var statuses = new ArrayList<Integer>();
    for (var answer : pool.invokeAll(patches)) {
      statuses.add(answer.get());
    }
    pool.shutdown();

    assertThat(statuses).containsOnly(200);
    hospital()
        .get("/fhir/Patient/" + id)
        .then()
        .body("name", hasSize(25))
        .body("meta.versionId", equalTo("25"));
  }

  @Test
  void a_patch_may_prefer_a_short_answer() {
    json(hospital().header("Prefer", "return=minimal"), "/fhir/Patient/" + stored(), RENAME)
        .then()
        .statusCode(200)
        .header("Preference-Applied", "return=minimal")
        .header("Location", endsWith("/_history/2"))
        .body(is(""));
    json(
            hospital().header("Prefer", "return=OperationOutcome"),
            "/fhir/Patient/" + stored(),
            RENAME)
        .then()
        .statusCode(200)
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].severity", equalTo("information"));
  }

  private static Response json(RequestSpecification as, String path, String patch) {
    return as.spec(
            new RequestSpecBuilder()
                .setConfig(
                    RestAssured.config()
                        .encoderConfig(
                            EncoderConfig.encoderConfig()
                                .defaultContentCharset("UTF-8")
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(
                                    "application/json-patch+json", ContentType.TEXT)))
                .build())
        .contentType("application/json-patch+json")
        .body(patch)
        .patch(path);
  }

  private static String fhirPath(String type, String path, String value) {
    return """
    {"resourceType":"Parameters","parameter":[{"name":"operation","part":[
      {"name":"type","valueCode":"%s"},{"name":"path","valueString":"%s"},{"name":"value",%s}]}]}"""
        .formatted(type, path, value);
  }

  private static String stored() {
    var id = randomId();
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }
}
