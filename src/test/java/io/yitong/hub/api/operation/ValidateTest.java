package io.yitong.hub.api.operation;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.readOnlyHospital;
import static io.yitong.hub.api.operation.Ward.admitted;
import static io.yitong.hub.api.operation.Ward.json;
import static io.yitong.hub.api.operation.Ward.put;
import static io.yitong.hub.api.operation.Ward.result;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.record.Fixtures;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ValidateTest {
  private static final String PATIENT_PROFILE =
      "https://yitong.io/fhir/StructureDefinition/yitong-patient";

  @Test
  void a_good_resource_has_nothing_objected_to() {
    validated(hospital(), "Patient/$validate", json(Fixtures.patient(Fixtures.randomId())))
        .body("issue.severity", everyItem(is(oneOf("information", "warning"))));
  }

  @Test
  void every_flaw_is_told_with_element_and_line() {
    var body =
        """
        {"resourceType":"Observation",
         "status":"done",
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
           "code":"laboratory"}]}],
         "code":{"text":"ALT"},
         "colour":"red",
         "subject":{"identifier":{"value":"1"}}}\
        """;

    validated(hospital(), "Observation/$validate", body)
        .body("issue.findAll { it.severity == 'error' }.size()", not(0))
        .body("issue.expression.flatten()", hasItem("Observation.status"))
        .body(
            "issue.find { it.expression[0] == 'Observation.status' }.extension.find "
                + "{ it.url.endsWith('issue-line') }.valueInteger",
            equalTo(2))
        .body("issue.diagnostics", hasItem(containsString("colour")))
        .body(
            "issue.find { it.diagnostics.contains('colour') }.diagnostics",
            containsString("Line 6"));
  }

  @Test
  void a_resource_in_parameters_is_judged_by_the_profile_asked_for_with_the_lines_of_the_body() {
    var body =
        """
        {"resourceType":"Parameters","parameter":[
          {"name":"mode","valueCode":"profile"},
          {"name":"profile","valueUri":"%s"},
          {"name":"resource","resource":
            {"resourceType":"Patient",
             "gender":"red"}}]}\
        """
            .formatted(PATIENT_PROFILE);

    validated(hospital(), "Patient/$validate", body)
        .body(
            "issue.find { it.expression && it.expression[0] == 'Patient.gender' }.diagnostics",
            containsString("Line 6"))
        .body("issue.diagnostics", hasItem(containsString("Patient.identifier")));
  }

  @Test
  void what_is_no_json_is_told_by_line() {
    validated(hospital(), "Patient/$validate", "{\"resourceType\":\"Patient\",\n\"active\":tru}")
        .body("issue[0].details.coding[0].code", equalTo("resource-malformed"))
        .body("issue[0].diagnostics", containsString("line 2"));
  }

  @Test
  void the_stored_resource_is_judged_when_none_is_sent() {
    var observation = put(result(admitted(), "ALT", "2026-03-01T07:30:00+08:00"));

    hospital()
        .get("/fhir/" + observation + "/$validate")
        .then()
        .statusCode(200)
        .body("issue.severity", everyItem(is(oneOf("information", "warning"))));
    fuling().get("/fhir/" + observation + "/$validate").then().statusCode(403);
  }

  @Test
  void by_mode_it_says_whether_the_caller_could() {
    var patient = admitted();
    var same = json(Fixtures.patient(patient));
    var other = json(Fixtures.patient(Fixtures.randomId()));
    var address = "Patient/" + patient + "/$validate?mode=";

    validated(hospital(), address + "update", same)
        .body("issue.severity", everyItem(is(oneOf("information", "warning"))));
    validated(hospital(), address + "update", other).body("issue.code", hasItem("invalid"));
    validated(hospital(), address + "delete", "")
        .body("issue.severity", everyItem(is("information")));
    validated(readOnlyHospital(), "Patient/$validate?mode=create", same)
        .body("issue.code", hasItem("forbidden"));
    validated(hospital(), "Patient/" + Fixtures.randomId() + "/$validate?mode=delete", "")
        .body("issue.code", hasItem("forbidden"));
  }

  @Test
  void an_unknown_profile_mode_or_parameter_is_refused_by_name() {
    var body = json(Fixtures.patient("p"));
    for (var name : new String[] {"profile", "mode", "colour"}) {
      hospital()
          .body(body)
          .post("/fhir/Patient/$validate?" + name + "=http://example.org/red")
          .then()
          .statusCode(400)
          .body("issue[0].expression[0]", equalTo(name));
    }
    hospital().body("").post("/fhir/Patient/$validate").then().statusCode(400);
    hospital()
        .body(body)
        .post("/fhir/Observation/$validate")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("resource-type-unexpected"));
  }

  private static ValidatableResponse validated(
      RequestSpecification client, String address, String body) {
    return client
        .body(body)
        .post("/fhir/" + address)
        .then()
        .statusCode(200)
        .body("resourceType", equalTo("OperationOutcome"));
  }
}
