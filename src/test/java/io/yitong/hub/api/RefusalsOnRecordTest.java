package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused before any interaction begins leaves one row all the same. */
@QuarkusTest
class RefusalsOnRecordTest {
  @Inject AuditRows audit;

  @ParameterizedTest
  @CsvSource({
    "GET, /fhir/Patient/1, text/csv, application/fhir+json, 406, format-not-supported",
    "GET, /fhir/Patient/1/$everything, text/csv, application/fhir+json, 406, format-not-supported",
    "GET, /fhir/metadata, text/csv, application/fhir+json, 406, format-not-supported",
    "POST, /fhir/Patient, application/fhir+json, text/csv, 415, content-type-unsupported",
    "POST, /fhir/Patient/$match, application/fhir+json, text/csv, 415, content-type-unsupported",
    "POST, /fhir, application/fhir+json, text/csv, 415, content-type-unsupported",
    "GET, /fhir/no/such/address/at/all, application/fhir+json, application/fhir+json, 404, address-unknown",
    "TRACE, /fhir/Patient/1, application/fhir+json, application/fhir+json, 405, method-not-supported",
  })
  void every_refusal_is_one_row(
      String method, String path, String accept, String contentType, int status, String code) {
    var correlation = randomId();
    var request =
        hospital()
            .header("X-Correlation-Id", correlation)
            .header("Accept", accept)
            .contentType(contentType);
    var answer =
        method.equals("POST")
            ? request.body("{}").request(method, path)
            : request.request(method, path);

    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
    assertThat(audit.under(correlation)).containsExactly("chongqing-his " + code + " 4");
  }

  @Test
  void without_a_token_too_at_an_address_open_to_all() {
    var correlation = randomId();
    RestAssured.given()
        .header("X-Correlation-Id", correlation)
        .accept("text/csv")
        .get("/fhir/metadata")
        .then()
        .statusCode(406);
    assertThat(audit.under(correlation)).containsExactly("anonymous not-authenticated 4");
  }
}
