package io.yitong.hub.attack;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.hospitalToken;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses in content, paths and file names: nothing is asked or read because they say so. */
@QuarkusTest
class AddressAttackTest {
  private HttpServer server;
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  @Test
  void an_address_in_content_is_stored_and_never_asked() {
    var owner = put("Patient", patient(randomId()));
    for (var resource :
        new String[] {
          "{\"resourceType\":\"DocumentReference\",\"status\":\"current\",\"subject\":{\"reference\":\"Patient/%s\"},\"content\":[{\"attachment\":{\"contentType\":\"text/plain\",\"url\":\"%s\"}}]}",
          "{\"resourceType\":\"Media\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/%s\"},\"content\":{\"url\":\"%s\"}}",
          "{\"resourceType\":\"Communication\",\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/%s\"},\"payload\":[{\"contentAttachment\":{\"url\":\"%s\"}}]}",
        }) {
      hospital()
          .body(resource.formatted(owner, url("/content")))
          .post("/fhir/" + resource.split("\"", 5)[3])
          .then()
          .statusCode(201);
    }
    hospital().get("/fhir/Patient/" + owner + "/$everything").then().statusCode(200);
    hospital()
        .body(patient(randomId()))
        .post("/fhir/Patient/$validate?profile=" + url("/profile").replace("://", "%3A%2F%2F"))
        .then()
        .statusCode(anyOf(equalTo(200), equalTo(400)));
    hospital()
        .get("/fhir/DocumentReference?location=" + url("/content").replace("://", "%3A%2F%2F"))
        .then()
        .statusCode(200);
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_subscription_to_an_address_does_nothing() {
    hospital()
        .body(
            "{\"resourceType\":\"Subscription\",\"status\":\"requested\",\"reason\":\"x\",\"criteria\":\"Patient?\",\"channel\":{\"type\":\"rest-hook\",\"endpoint\":\"%s\",\"payload\":\"application/fhir+json\"}}"
                .formatted(url("/hook")))
        .post("/fhir/Subscription")
        .then()
        .statusCode(anyOf(equalTo(201), equalTo(403), equalTo(404)));
    put("Patient", patient(randomId()));
    await().during(Duration.ofSeconds(1)).until(() -> asked.get() == 0);
  }

  @Test
  void only_an_operator_registers_where_partners_are() {
    var endpoint =
        "{\"resourceType\":\"Endpoint\",\"status\":\"active\",\"connectionType\":{\"system\":\"http://terminology.hl7.org/CodeSystem/endpoint-connection-type\",\"code\":\"hl7-fhir-rest\"},\"payloadType\":[{\"text\":\"any\"}],\"address\":\"%s\"}"
            .formatted("http://169.254.169.254/latest");
    hospital().body(endpoint).post("/fhir/Endpoint").then().statusCode(403);
    operator().get("/fhir/Endpoint?_count=1").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost@169.254.169.254/x",
        "http://localhost:1@169.254.169.254/x",
        "http://169.254.169.254#@localhost:1/x",
        "http://169.254.169.254\\\\@localhost:1/x",
        "http://[::1]:1/x",
        "http://[::ffff:127.0.0.1]:1/x",
        "http://127.0.0.1:1/x",
        "http://127.1:1/x",
        "http://2130706433:1/x",
        "http://0x7f000001:1/x",
        "http://localhost.:1/x",
        "http://LOCALHOST.evil.example:1/x",
        "http://localtest.me/x",
        "ftp://localhost:1/x",
        "jar:http://localhost:1!/x",
        "//localhost:1/x",
        "http:localhost:1/x",
        "http://localhost:1\\u0000.evil.example/x",
        "gopher://localhost:1/_x"
      })
  void an_import_asks_only_servers_that_are_named_however_the_address_is_written(String address) {
    hospital()
        .header("Prefer", "respond-async")
        .body(order(address))
        .post("/fhir/$import")
        .then()
        .statusCode(anyOf(equalTo(400), equalTo(403)));
  }

  @Test
  void an_import_follows_no_redirect() {
    server.createContext(
        "/redirect",
        exchange -> {
          exchange.getResponseHeaders().add("Location", url("/elsewhere"));
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    assertThat(imported(url("/redirect"))).isEqualTo(502);
    assertThat(asked).hasValue(0);
  }

  @Test
  void what_is_fetched_may_not_unpack_without_end() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var i = 0; i < 64; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    var bomb = bytes.toByteArray();
    server.createContext(
        "/bomb",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", "gzip");
          exchange.sendResponseHeaders(200, bomb.length);
          exchange.getResponseBody().write(bomb);
          exchange.close();
        });
    assertThat(bomb.length).isLessThan(100_000);
    assertThat(imported(url("/bomb"))).isEqualTo(413);
  }

  private static int imported(String url) {
    var accepted =
        hospital().header("Prefer", "respond-async").body(order(url)).post("/fhir/$import");
    assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    var location = accepted.header("Content-Location");
    var status = new int[1];
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              status[0] =
                  hospital().get(location.substring(location.indexOf("/fhir/"))).statusCode();
              return status[0] != 202;
            });
    return status[0];
  }

  private static String order(String url) {
    return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"input\",\"part\":[{\"name\":\"type\",\"valueCode\":\"Patient\"},{\"name\":\"url\",\"valueUri\":\"%s\"}]}]}"
        .formatted(url);
  }

  /** As they stand on the line: a client would tidy them up. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/bulk/../../etc/passwd",
        "/fhir/bulk/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/fhir/bulk/00000000-0000-0000-0000-000000000000/..%2f..%2fpasswd",
        "/fhir/bulk/00000000-0000-0000-0000-000000000000/%2e%2e/%2e%2e/passwd",
        "/fhir/bulk/..%00/x",
        "/fhir/bulk/%252e%252e%252fetc/passwd",
        "/fhir/bulk/C:%5Cwindows/x",
        "/console/assets/../../application.yaml",
        "/console/assets/%2e%2e/%2e%2e/application.yaml",
        "/console/assets/..%2f..%2fapplication.yaml",
        "/console/assets/%252e%252e/application.yaml",
        "/console/assets/..%5c..%5capplication.yaml",
        "/console/assets//etc/passwd",
        "/q/health/../../application.yaml",
        "/fhir/metadata/../../../application.yaml",
        "/application.yaml",
        "/META-INF/MANIFEST.MF",
        "/rules/privacy/regulator.json"
      })
  void a_path_leads_to_no_file(String path) throws IOException {
    var answer = raw("GET " + path + " HTTP/1.1");

    assertThat(answer).matches("(?s)HTTP/1\\.1 (302|400|401|403|404|405|499) .*");
    assertThat(answer).doesNotContain("root:", "yitong:\n", "Manifest-Version", "quasiIdentifiers");
  }

  @Test
  void the_same_by_a_job_of_ones_own() {
    var accepted = hospital().header("Prefer", "respond-async").get("/fhir/$export?_type=Patient");
    var job = accepted.header("Content-Location").replaceAll(".*/", "");
    for (var file :
        new String[] {
          "..%2f..%2f..%2fpom.xml", "Patient.1.ndjson%00.txt", "try-1%2fPatient.1.ndjson"
        }) {
      hospital()
          .get("/fhir/bulk/" + job + "/" + file)
          .then()
          .statusCode(anyOf(equalTo(400), equalTo(404)));
    }
  }

  @Test
  void a_name_with_line_breaks_and_escapes_is_data() {
    var name = "王\r\n2026-01-01 ERROR forged\u001b[31m";
    var id = randomId();
    hospital()
        .body(patient(id).replace("\"text\":\"王瑋\"", "\"text\":\"王\\r\\n2026-01-01 ERROR forged\""))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201);
    hospital()
        .get("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .body("name[0].text", equalTo(name.substring(0, name.indexOf('\u001b'))));
    hospital()
        .body(patient(randomId()).replace("\"text\":\"王瑋\"", "\"text\":\"王\\u001b[31m\""))
        .post("/fhir/Patient")
        .then()
        .statusCode(400);
    hospital()
        .header("X-Correlation-Id", "a%0d%0ab ERROR")
        .get("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .header("X-Correlation-Id", not(containsString("ERROR")));
  }

  private static String raw(String line) throws IOException {
    try (var socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              (line
                      + "\r\nHost: localhost\r\nConnection: close\r\nX-Requested-With: JavaScript\r\nAuthorization: Bearer "
                      + hospitalToken()
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
