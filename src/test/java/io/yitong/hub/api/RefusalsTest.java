package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal looks like. */
@QuarkusTest
class RefusalsTest {
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
}
