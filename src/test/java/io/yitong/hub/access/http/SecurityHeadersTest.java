package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.testing.TestIssuer;
import java.io.IOException;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityHeadersTest {
  @TestHTTPResource("/")
  URL hub;

  @Test
  void no_cache_keeps_a_resource_and_a_client_that_kept_it_itself_is_not_sent_it_again() {
    var path = "/fhir/Basic/" + UUID.randomUUID();
    var id = path.substring(path.lastIndexOf('/') + 1);
    hospital()
        .contentType("application/fhir+json;charset=utf-8")
        .body("{\"resourceType\":\"Basic\",\"id\":\"%s\",\"code\":{\"text\":\"x\"}}".formatted(id))
        .put(path)
        .then()
        .statusCode(201);

    var read = hospital().get(path);
    read.then().statusCode(200);
    hardened(read);
    assertThat(read.header("Cache-Control")).isEqualTo("no-store");

    var again = hospital().header("If-None-Match", read.header("ETag")).get(path);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.header("Cache-Control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fhir/Patient/x", "/fhir/nothing/at/all", "/nowhere", "/q/metrics"})
  void refusals_and_errors_say_the_same(String path) {
    var answer = given().get(path);

    hardened(answer);
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void what_is_the_same_for_everybody_may_be_kept() {
    var answer = given().get("/fhir/metadata");

    hardened(answer);
    assertThat(answer.header("Cache-Control")).isNull();
  }

  @Test
  void an_address_that_is_too_long_is_refused_with_414() throws IOException {
    assertThat(
            statusOf(
                "GET /fhir/Patient?_id=" + "1,".repeat(3_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .isEqualTo(401);
    assertThat(
            statusOf(
                "GET /fhir/Patient?_id=" + "1,".repeat(5_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .isEqualTo(414);
  }

  @Test
  void headers_that_are_too_large_are_refused_with_431() throws IOException {
    var token = "Authorization: Bearer " + "x".repeat(30_000) + "\r\n";

    assertThat(statusOf("GET /fhir/Patient HTTP/1.1\r\nHost: x\r\n" + token + "\r\n"))
        .isEqualTo(431);
  }

  private static void hardened(Response answer) {
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(answer.header("Content-Security-Policy")).contains("frame-ancestors 'none'");
    assertThat(answer.headers().getValues("X-Content-Type-Options")).hasSize(1);
    assertThat(answer.header("Server")).isNull();
    assertThat(answer.header("X-Powered-By")).isNull();
    assertThat(answer.header("Strict-Transport-Security")).isNull();
  }

  private int statusOf(String request) throws IOException {
    try (var socket = new Socket(hub.getHost(), hub.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var line = new StringBuilder();
      for (var b = socket.getInputStream().read(); b > '\r'; b = socket.getInputStream().read()) {
        line.append((char) b);
      }
      return Integer.parseInt(line.toString().split(" ", 3)[1]);
    }
  }

  private static io.restassured.specification.RequestSpecification hospital() {
    return given()
        .header(
            "Authorization",
            "Bearer "
                + TestIssuer.token(
                    "chongqing-his",
                    "urn:yitong:institution:500106-university-hospital",
                    "system/*.cruds",
                    "hospital"));
  }
}
