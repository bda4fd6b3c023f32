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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.junit.jupiter.api.Test;

/** Walks the CapabilityStatement and calls everything that it claims. */
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

  private static final Map<String, String> SPECIAL =
      Map.of(
          "_filter", "_filter=_id%20eq%20x",
          "_has", "_has:Provenance:target:_id=x",
          "_list", "_list=x",
          "near", "near=31.2|121.5|10|km");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String token =
      TestIssuer.token("chongqing-his", Clients.HOSPITAL, "system/*.cruds", "hospital");
  private final List<String> failures = new ArrayList<>();

  /** Ten at a time: a search is answered only when every one of its parameters is known. */
  @Test
  void every_search_parameter_claimed_is_answered_and_one_not_claimed_is_refused() {
    var claimed = 0;
    for (var resource : rest().getResource()) {
      var criteria =
          resource.getSearchParam().stream()
              .filter(parameter -> parameter.getType() != SearchParamType.COMPOSITE)
              .map(CapabilitiesTest::criterion)
              .toList();
      claimed += criteria.size();
      expectOf(resource.getType(), criteria);
      expect(400, "/fhir/" + resource.getType() + "?no-such-parameter=1");
    }
    assertThat(failures).isEmpty();
    assertThat(claimed).isGreaterThan(2000);
  }

  @Test
  void every_composite_claimed_takes_a_value_for_each_part() {
    for (var resource : rest().getResource()) {
      for (var parameter : resource.getSearchParam()) {
        if (parameter.getType() == SearchParamType.COMPOSITE) {
          var url = "/fhir/" + resource.getType() + "?_count=1&" + parameter.getName() + "=";
          var statuses =
              Stream.of("5$5", "x$5", "x$ge2026", "x$x", "Patient/1$x", "5$5$5", "x$x$x", "x$5$5")
                  .map(value -> call("GET", url + value, null).statusCode())
                  .collect(Collectors.toSet());
          if (!statuses.contains(200)) {
            failures.add(url + " " + statuses);
          }
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void every_include_claimed_is_followed_both_ways() {
    for (var resource : rest().getResource()) {
      expectOf(
          resource.getType(),
          resource.getSearchInclude().stream().map(each -> "_include=" + each.getValue()).toList());
      expectOf(
          resource.getType(),
          resource.getSearchRevInclude().stream()
              .map(each -> "_revinclude=" + each.getValue())
              .toList());
    }
    assertThat(failures).isEmpty();
  }

  @Test
  void every_interaction_claimed_is_there_for_every_type() {
    for (var resource : rest().getResource()) {
      var codes =
          resource.getInteraction().stream()
              .map(each -> each.getCode())
              .collect(Collectors.toSet());
      assertThat(codes)
          .containsExactlyInAnyOrder(
              TypeRestfulInteraction.READ,
              TypeRestfulInteraction.VREAD,
              TypeRestfulInteraction.UPDATE,
              TypeRestfulInteraction.PATCH,
              TypeRestfulInteraction.DELETE,
              TypeRestfulInteraction.HISTORYINSTANCE,
              TypeRestfulInteraction.HISTORYTYPE,
              TypeRestfulInteraction.CREATE,
              TypeRestfulInteraction.SEARCHTYPE);
      for (var code : codes) {
        call(resource, code);
      }
    }
    assertThat(failures).isEmpty();
  }

  /** To ids that nothing stands under: 403 is the answer of read, not that of a missing address. */
  private void call(
      CapabilityStatementRestResourceComponent resource, TypeRestfulInteraction code) {
    var type = "/fhir/" + resource.getType();
    var instance = type + "/" + Clients.randomId();
    var empty = "{\"resourceType\":\"" + resource.getType() + "\"}";
    switch (code) {
      case READ -> expect("GET", instance, null, 403, "not-permitted");
      case VREAD -> expect("GET", instance + "/_history/1", null, 403, "not-permitted");
      case HISTORYINSTANCE -> expect("GET", instance + "/_history", null, 403, "not-permitted");
      case HISTORYTYPE -> expect(200, type + "/_history?_count=1");
      case SEARCHTYPE -> expect(200, type + "?_count=1");
      case CREATE -> expect("POST", type + "?_summary=true", empty, 400, "parameter-unknown");
      case UPDATE -> expect("PUT", instance + "?_summary=true", empty, 400, "parameter-unknown");
      case PATCH ->
          answered("PATCH", instance, "{\"resourceType\":\"Parameters\"}", "resource-not-found");
      case DELETE -> answered("DELETE", instance, null, "");
      default -> failures.add(code + " is claimed");
    }
  }

  /** As asked for, or, where the type is not a hospital's to write, by the rule that says so. */
  private void answered(String method, String url, String body, String said) {
    var answer = call(method, url, body);
    if (!answer.body().contains("\"not-permitted\"")
        && (answer.statusCode() == 405 || !answer.body().contains(said))) {
      failures.add(method + " " + url + " " + answer.statusCode() + " " + answer.body());
    }
  }

  @Test
  void the_interactions_claimed_of_the_whole_are_there() {
    assertThat(rest().getInteraction())
        .extracting(each -> each.getCode().toCode())
        .containsExactlyInAnyOrder("transaction", "batch", "search-system", "history-system");
    expect(200, "/fhir?_type=Patient&_count=1");
    expect(200, "/fhir/_history?_count=1");
    for (var type : List.of("transaction", "batch")) {
      expect("POST", "/fhir", "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\"}", 200, type);
    }
    assertThat(failures).isEmpty();
  }

  /** Whatever an operation says to a call without parameters, it is there to say it. */
  @Test
  void every_operation_claimed_is_there() {
    var called = 0;
    for (var operation : rest().getOperation()) {
      call("/fhir/$", operation);
      called++;
    }
    for (var resource : rest().getResource()) {
      for (var operation : resource.getOperation()) {
        call("/fhir/" + resource.getType() + "/$", operation);
        called++;
      }
    }
    assertThat(failures).isEmpty();
    assertThat(called).isGreaterThan(5);
    assertThat(rest().getOperation()).extracting(operation -> operation.getName()).contains("echo");
  }

  private void call(String path, CapabilityStatementRestResourceOperationComponent operation) {
    assertThat(operation.getDefinition()).startsWith("http");
    var url = path + operation.getName();
    var onType = call("POST", url, "{\"resourceType\":\"Parameters\"}");
    var onInstance =
        call("POST", url.replace("/$", "/no-such-id/$"), "{\"resourceType\":\"Parameters\"}");
    if (Stream.of(onType, onInstance)
        .allMatch(
            answer ->
                Set.of(405, 500).contains(answer.statusCode())
                    || answer.body().contains("operation-unknown")
                    || answer.body().contains("address-unknown"))) {
      failures.add(url + " " + onType.statusCode() + " " + onType.body());
    }
  }

  @Test
  void every_format_claimed_is_written() {
    var statement = statement();
    assertThat(statement.getFormat()).isNotEmpty();
    for (var format : statement.getFormat()) {
      expect(200, "/fhir/metadata?_format=" + format.getValue().replace("+", "%2B"));
    }
    assertThat(statement.getPatchFormat())
        .extracting(format -> format.getValue())
        .containsExactly(
            "application/json-patch+json", "application/fhir+json", "application/fhir+xml");
    expect(200, "/fhir/metadata?mode=full");
    expect(400, "/fhir/metadata?mode=terminology");
    assertThat(failures).isEmpty();
  }

  @Test
  void every_compartment_claimed_is_searched() {
    assertThat(rest().getCompartment()).hasSize(5);
    for (var compartment : rest().getCompartment()) {
      var url = compartment.getValue();
      expect(200, "/fhir/" + url.substring(url.lastIndexOf('/') + 1) + "/x/*?_count=1");
    }
    assertThat(failures).isEmpty();
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

  private static String criterion(CapabilityStatementRestResourceSearchParamComponent parameter) {
    return parameter.getType() == SearchParamType.SPECIAL
        ? SPECIAL.get(parameter.getName())
        : parameter.getName() + "=" + VALUES.get(parameter.getType());
  }

  private void expectOf(String type, List<String> parts) {
    for (var from = 0; from < parts.size(); from += 10) {
      var some = parts.subList(from, Math.min(from + 10, parts.size()));
      expect(200, "/fhir/" + type + "?_count=1&" + String.join("&", some));
    }
  }

  private void expect(int status, String url) {
    expect("GET", url, null, status, "");
  }

  private void expect(String method, String url, String body, int status, String said) {
    var answer = call(method, url, body);
    if (answer.statusCode() != status || !answer.body().contains(said)) {
      failures.add(method + " " + url + " " + answer.statusCode() + " " + answer.body());
    }
  }

  private HttpResponse<String> call(String method, String url, String body) {
    var request =
        HttpRequest.newBuilder(
                URI.create("http://localhost:" + RestAssured.port + url.replace("|", "%7C")))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/fhir+json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(url, e);
    }
  }

  private static CapabilityStatementRestComponent rest() {
    return statement().getRestFirstRep();
  }

  private static CapabilityStatement statement() {
    var json = RestAssured.given().get("/fhir/metadata").then().statusCode(200).extract();
    return FhirJson.parse(json.asByteArray(), CapabilityStatement.class);
  }
}
