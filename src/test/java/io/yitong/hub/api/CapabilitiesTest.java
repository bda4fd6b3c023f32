package io.yitong.hub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.testing.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
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

  private final HttpClient client = HttpClient.newHttpClient();
  private final String token =
      TestIssuer.token("chongqing-his", Clients.HOSPITAL, "system/*.cruds", "hospital");

  /** Ten at a time: a search is answered only when every one of its parameters is known. */
  @Test
  void every_search_parameter_claimed_is_answered_and_one_not_claimed_is_refused() {
    var failures = new ArrayList<String>();
    var claimed = 0;
    for (var resource : rest().getResource()) {
      var criteria =
          resource.getSearchParam().stream()
              .map(parameter -> parameter.getName() + "=" + VALUES.get(parameter.getType()))
              .toList();
      claimed += criteria.size();
      expectOf(resource.getType(), criteria, failures);
      expect(400, "/fhir/" + resource.getType() + "?no-such-parameter=1", failures);
    }
    assertThat(failures).isEmpty();
    assertThat(claimed).isGreaterThan(2000);
  }

  @Test
  void every_include_and_operation_claimed_is_there() {
    var failures = new ArrayList<String>();
    for (var resource : rest().getResource()) {
      var includes =
          resource.getSearchInclude().stream()
              .map(include -> "_include=" + include.getValue())
              .toList();
      expectOf(resource.getType(), includes, failures);
    }
    assertThat(failures).isEmpty();
    assertThat(rest().getOperation()).extracting(operation -> operation.getName()).contains("echo");
  }

  private void expectOf(String type, List<String> parts, List<String> failures) {
    for (var from = 0; from < parts.size(); from += 10) {
      var some = parts.subList(from, Math.min(from + 10, parts.size()));
      expect(200, "/fhir/" + type + "?_count=1&" + String.join("&", some), failures);
    }
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

  private void expect(int status, String url, List<String> failures) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + RestAssured.port + url.replace("|", "%7C")))
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != status) {
        failures.add(url + " " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(url, e);
    }
  }

  private static CapabilityStatementRestComponent rest() {
    var json = RestAssured.given().get("/fhir/metadata").then().statusCode(200).extract();
    return FhirJson.parse(json.asByteArray(), CapabilityStatement.class).getRestFirstRep();
  }
}
