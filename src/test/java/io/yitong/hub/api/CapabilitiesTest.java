package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.fhir.FhirJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CapabilitiesTest {
  private static final Map<SearchParamType, String> VALUES =
      Map.of(
          SearchParamType.TOKEN, "urn:x|code",
          SearchParamType.DATE, "ge2026-01",
          SearchParamType.STRING, "text",
          SearchParamType.REFERENCE, "id-1",
          SearchParamType.URI, "http://example.org/x",
          SearchParamType.NUMBER, "5",
          SearchParamType.QUANTITY, "5.4||mg");

  @Test
  void every_search_parameter_claimed_is_answered_and_so_is_its_absence() {
    var failures = new ArrayList<String>();
    var claimed = 0;
    for (var resource : rest().getResource()) {
      for (var parameter : resource.getSearchParam()) {
        claimed++;
        var criterion = parameter.getName() + "=" + VALUES.get(parameter.getType());
        expect(200, "/fhir/" + resource.getType() + "?_count=1&" + criterion, failures);
      }
      expect(400, "/fhir/" + resource.getType() + "?no-such-parameter=1", failures);
    }
    assertThat(failures).isEmpty();
    assertThat(claimed).isGreaterThan(2000);
  }

  @Test
  void every_include_and_operation_claimed_is_there() {
    var failures = new ArrayList<String>();
    for (var resource : rest().getResource()) {
      for (var include : resource.getSearchInclude()) {
        expect(
            200,
            "/fhir/" + resource.getType() + "?_count=1&_include=" + include.getValue(),
            failures);
      }
    }
    assertThat(failures).isEmpty();
    assertThat(rest().getOperation()).extracting(operation -> operation.getName()).contains("echo");
  }

  @Test
  void it_says_where_tokens_are_to_be_had() {
    assertThat(
            rest()
                .getSecurity()
                .getExtension()
                .get(0)
                .getExtensionByUrl("token")
                .getValue()
                .toString())
        .contains("/token");
  }

  private static void expect(int status, String url, List<String> failures) {
    var answer = hospital().get(url.replace("|", "%7C"));
    if (answer.statusCode() != status) {
      failures.add(url + " " + answer.statusCode() + " " + answer.asString());
    }
  }

  private static CapabilityStatementRestComponent rest() {
    var json = RestAssured.given().get("/fhir/metadata").then().statusCode(200).extract();
    return FhirJson.parse(json.asByteArray(), CapabilityStatement.class).getRestFirstRep();
  }
}
