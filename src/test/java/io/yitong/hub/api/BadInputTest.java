package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must not get in: each refused by name, in both languages, with nothing half-written. */
@QuarkusTest
class BadInputTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "wrong type; \"active\":\"yes\"; element-shape-wrong; Patient.active",
        "number for a string; \"language\":7; element-shape-wrong; Patient.language",
        "one for many; \"telecom\":{\"value\":\"1\"}; element-shape-wrong; Patient.telecom",
        "many for one; \"gender\":[\"male\"]; element-shape-wrong; Patient.gender",
        "object for a primitive; \"birthDate\":{}; element-shape-wrong; Patient.birthDate",
        "null; \"gender\":null; element-shape-wrong; Patient.gender",
        "empty array; \"telecom\":[]; element-shape-wrong; Patient.telecom",
        "empty object; \"maritalStatus\":{}; element-shape-wrong; Patient.maritalStatus",
        "empty string; \"language\":\"\"; element-value-invalid; Patient.language",
        "unknown element; \"colour\":\"red\"; element-unknown; Patient.colour",
        "unknown nested element; \"telecom\":[{\"colour\":\"red\"}]; element-unknown; Patient.telecom[0].colour",
        "unknown code; \"gender\":\"x\"; code-not-bound; Patient.gender",
        "two of a choice; \"deceasedBoolean\":true,\"deceasedDateTime\":\"2026\"; element-chosen-twice; Patient.deceasedDateTime",
        "missing part; \"link\":[{\"type\":\"seealso\"}]; element-missing; Patient.link[0].other",
        "wrong target; \"managingOrganization\":{\"reference\":\"Patient/1\"}; reference-target-wrong; Patient.managingOrganization.reference",
        "no such day; \"birthDate\":\"2026-02-30\"; element-value-invalid; Patient.birthDate",
        "no such month; \"birthDate\":\"2026-13\"; element-value-invalid; Patient.birthDate",
        "time in a date; \"birthDate\":\"2026-02-03T10:00:00Z\"; element-value-invalid; Patient.birthDate",
        "time without zone; \"deceasedDateTime\":\"2026-02-03T10:00:00\"; element-value-invalid; Patient.deceasedDateTime",
        "no such zone; \"deceasedDateTime\":\"2026-02-03T10:00:00+25:00\"; element-value-invalid; Patient.deceasedDateTime",
        "no such hour; \"deceasedDateTime\":\"2026-02-03T25:00:00Z\"; element-value-invalid; Patient.deceasedDateTime",
        "space in a uri; \"implicitRules\":\"a b\"; element-value-invalid; Patient.implicitRules",
        "negative position; \"telecom\":[{\"rank\":0}]; element-value-invalid; Patient.telecom[0].rank",
        "too large a number; \"multipleBirthInteger\":3000000000; element-value-invalid; Patient.multipleBirthInteger",
        "resource of no type; \"contained\":[{\"id\":\"x\"}]; element-missing; Patient.contained[0].resourceType",
        "resource of unknown type; \"contained\":[{\"resourceType\":\"Colour\"}]; element-value-invalid; Patient.contained[0].resourceType",
      })
  void an_element_that_is_not_as_specified_is_named_with_its_line(
      String what, String member, String code, String where) {
    var id = randomId();
    hospital()
        .body("{\"resourceType\":\"Patient\",\n\"id\":\"" + id + "\",\n" + member + "}")
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(400)
        .body("issue.details.coding.code.flatten()", hasItem(code))
        .body("issue.expression.flatten()", hasItem(where))
        .body("issue[0].details.text", matchesPattern("(?s).*[\\u4e00-\\u9fff].*"))
        .body("issue[0].diagnostics", containsString("line 3"));
    absent(id);
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    hospital()
        .body("{\"resourceType\":\"Patient\",\"active\":1,\"gender\":\"x\",\"colour\":\"red\"}")
        .post("/fhir/Patient")
        .then()
        .statusCode(400)
        .body("issue", hasSize(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "7",
        "null",
        "{",
        "{}",
        "{\"resourceType\":\"Patient\"}x",
        "{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"a\",\"text\":\"b\"}]}",
        "{\"resourceType\":\"Patient\",\"active\":tru}",
        "{\"resourceType\":\"Patient\",\"active\":true,}",
        "{'resourceType':'Patient'}",
        "{\"resourceType\":\"Patient\"/* comment */}",
        "{\"resourceType\":\"Patient\",\"language\":\"\u0001\"}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"a\\u0000b\"}]}",
        "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"\\ud800\"}]}",
      })
  void what_is_no_json_resource_is_refused(String body) {
    var refusal =
        hospital().body(body).post("/fhir/Patient").then().statusCode(400).extract().jsonPath();
    assertThat(refusal.getString("issue[0].details.coding[0].code"))
        .isIn("resource-malformed", "element-missing", "element-value-invalid");
  }

  @Test
  void bytes_that_are_no_utf_8_are_refused() throws Exception {
    var gbk = "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"王瑋\"}]}".getBytes("GB18030");
    var overlong =
        "{\"resourceType\":\"Patient\",\"language\":\"XX\"}".getBytes(StandardCharsets.UTF_8);
    for (var i = 0; i < overlong.length - 1; i++) {
      if (overlong[i] == 'X') {
        overlong[i] = (byte) 0xC0;
        overlong[i + 1] = (byte) 0xAF;
        break;
      }
    }
    var wide = "{\"resourceType\":\"Patient\"}".getBytes(StandardCharsets.UTF_16);

    for (var body : new byte[][] {gbk, overlong, wide}) {
      var answer = post(body);
      assertThat(answer).startsWith("400").contains("resource-malformed");
    }
  }

  @Test
  void depth_and_length_without_end_are_refused() throws Exception {
    var arrays = "[".repeat(100_000);
    var extensions = "{\"url\":\"urn:x\",\"extension\":[".repeat(5_000) + "]}".repeat(5_000);
    for (var member : new String[] {"\"name\":" + arrays, "\"extension\":[" + extensions + "]"}) {
      assertThat(
              post(
                  ("{\"resourceType\":\"Patient\"," + member + "}")
                      .getBytes(StandardCharsets.UTF_8)))
          .startsWith("400")
          .contains("resource-malformed");
    }
    var number =
        "{\"resourceType\":\"Patient\",\"multipleBirthInteger\":" + "9".repeat(100_000) + "}";
    assertThat(post(number.getBytes(StandardCharsets.UTF_8))).startsWith("400");
    var name = "{\"resourceType\":\"Patient\",\"" + "x".repeat(100_000) + "\":1}";
    assertThat(post(name.getBytes(StandardCharsets.UTF_8))).startsWith("400");
  }

  @Test
  void a_body_beyond_the_limit_is_refused_as_such() throws Exception {
    var large = new byte[17 * 1024 * 1024];
    Arrays.fill(large, (byte) ' ');
    assertThat(post(large)).startsWith("413").contains("request-too-large");
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb, 400",
    "a%20b, 400",
    "..%2F..%2Fetc, 400",
    "a%00b, 400",
    "病人, 400",
    "%E7%97%85, 400",
    "x;y=1, 404",
  })
  void an_id_that_is_none_is_refused(String id, int status) throws Exception {
    for (var method : new String[] {"GET", "DELETE"}) {
      assertThat(send(method, "/fhir/Patient/" + id, new byte[0])).startsWith(status + "");
    }
    hospital().get("/fhir/Patient/" + "a".repeat(65)).then().statusCode(400);
  }

  @Test
  void references_in_circles_within_a_transaction_are_stored_whole_or_refused_whole() {
    var one = randomId();
    var other = randomId();
    var good = bundle(put(one, linked(one, other)), put(other, linked(other, one)));
    hospital().body(good).post("/fhir").then().statusCode(200);
    hospital().get("/fhir/Patient/" + one).then().statusCode(200);

    var third = randomId();
    var fourth = randomId();
    var dangling = bundle(put(third, linked(third, fourth)), put(fourth, linked(fourth, "nobody")));
    hospital()
        .body(dangling)
        .post("/fhir")
        .then()
        .statusCode(422)
        .body("issue[0].details.coding[0].code", equalTo("reference-unresolved"));
    absent(third);
    absent(fourth);
  }

  @Test
  void a_transaction_with_one_bad_element_writes_nothing() {
    var good = randomId();
    var bad = randomId();
    hospital()
        .body(bundle(put(good, patient(good)), put(bad, patient(bad).replace("true", "\"true\""))))
        .post("/fhir")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo("Bundle.entry[1].resource.active"));
    absent(good);
  }

  @Test
  void a_thousand_values_are_searched_and_more_are_refused() throws Exception {
    var values = IntStream.range(0, 1000).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
    var form = "application/x-www-form-urlencoded";
    hospital()
        .contentType(form)
        .body("identifier=" + values)
        .post("/fhir/Patient/_search")
        .then()
        .statusCode(200);
    hospital()
        .contentType(form)
        .body("identifier=" + values + ",one-more")
        .post("/fhir/Patient/_search")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("search-too-complex"));
  }

  @Test
  void a_chain_ten_deep_is_followed_or_refused_by_name() {
    var deep = "has-member.".repeat(10);
    hospital()
        .get("/fhir/Observation?" + deep + "code=x")
        .then()
        .statusCode(anyOf(is(200), is(400)));
    hospital()
        .get("/fhir/Observation?" + "has-member.".repeat(200) + "code=x")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("search-too-complex"));
  }

  @Test
  void a_page_of_a_million_is_as_large_as_pages_get() {
    stored();
    hospital()
        .get("/fhir/Patient?_count=1000000&_elements=id")
        .then()
        .statusCode(200)
        .body("entry.size()", lessThanOrEqualTo(1000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "birthdate=2026-02-30",
        "birthdate=2026-13",
        "birthdate=yesterday",
        "birthdate=zz2026",
        "birthdate=2026-02-03T10:00:00%2B25:00",
        "birthdate=2026-02-03T10:00:61Z",
        "_lastUpdated=ge",
        "_count=-1",
        "_count=many",
        "_sort=",
        "_include=Patient",
        "_total=perhaps",
        "_cursor=made-up",
        "active=",
        "_id=a%00b",
      })
  void a_search_value_that_is_none_is_refused(String query) {
    hospital()
        .get("/fhir/Patient?" + query)
        .then()
        .statusCode(400)
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].severity", equalTo("error"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T07:30:00+08:00, 2026-02-28T23:30:00Z, true",
    "2026-03-01T07:30:00+14:00, 2026-02-28T17:30:00Z, true",
    "2026-03-01T00:30:00-11:00, 2026-03-01T11:30:00Z, true",
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:60Z, false",
  })
  void moments_of_any_zone_are_one_and_a_leap_second_is_a_moment_or_refused(
      String stored, String asked, boolean certain) {
    var patient = stored();
    var id = randomId();
    var status =
        hospital()
            .body(observation(id, patient).replace("2026-03-01T07:30:00+08:00", stored))
            .put("/fhir/Observation/" + id)
            .statusCode();
    if (certain) {
      assertThat(status).isEqualTo(201);
    }
    if (status == 201) {
      hospital()
          .get("/fhir/Observation?patient=" + patient + "&date=" + asked + "&_total=accurate")
          .then()
          .statusCode(200)
          .body("total", is(1));
      assertThat(hospital().get("/fhir/Observation/" + id).asString()).contains(stored);
    } else {
      assertThat(status).isEqualTo(400);
      hospital().get("/fhir/Observation?date=" + asked).then().statusCode(400);
    }
  }

  @Test
  void a_refused_update_leaves_what_was_there() {
    var id = stored();
    hospital()
        .body(patient(id).replace("true", "7"))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(400);
    hospital().get("/fhir/Patient/" + id).then().header("ETag", "W/\"1\"").body("active", is(true));
  }

  private static void absent(String id) {
    hospital()
        .get("/fhir/Patient?_id=" + id + "&_total=accurate")
        .then()
        .statusCode(200)
        .body("total", is(0))
        .body("entry", nullValue());
  }

  private static String post(byte[] body) throws IOException, InterruptedException {
    return send("POST", "/fhir/Patient", body);
  }

  /** Status and body. */
  private static String send(String method, String path, byte[] body)
      throws IOException, InterruptedException {
    var address = URI.create("http://localhost:" + RestAssured.port + path);
    var request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + Clients.hospitalToken())
            .header("Content-Type", "application/fhir+json")
            .method(method, BodyPublishers.ofByteArray(body))
            .build();
    var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  private static String bundle(String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  private static String put(String id, String resource) {
    return "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%s\"}}"
        .formatted(resource, id);
  }

  private static String linked(String id, String other) {
    return patient(id)
        .replace(
            "\"active\":true",
            "\"active\":true,\"link\":[{\"other\":{\"reference\":\"Patient/%s\"},\"type\":\"seealso\"}]"
                .formatted(other));
  }

  private static String stored() {
    var id = randomId();
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }
}
