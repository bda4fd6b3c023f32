package io.yitong.hub.attack;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.hospitalToken;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that would read files, ask servers, or grow without end while they are read. */
@QuarkusTest
class PayloadAttackTest {
  private static final String FHIR = "application/fhir+json";
  private static final String XML = "application/fhir+xml";
  private static final String SECRET = "what-only-the-hub-can-read";
  private static final int DEEP = 100_000;

  /** Everything that takes a body of JSON. */
  record Door(String method, String path, String type) {
    @Override
    public String toString() {
      return method + " " + path + " " + type;
    }
  }

  static Stream<Door> doors() {
    return Stream.of(
        new Door("POST", "/fhir/Patient", FHIR),
        new Door("PUT", "/fhir/Patient/deep", FHIR),
        new Door("POST", "/fhir", FHIR),
        new Door("PATCH", "/fhir/Patient/there", FHIR),
        new Door("PATCH", "/fhir/Patient/there", "application/json-patch+json"),
        new Door("POST", "/fhir/Patient/$validate", FHIR),
        new Door("POST", "/fhir/Patient/$match", FHIR),
        new Door("POST", "/fhir/Observation/$lastn", FHIR),
        new Door("POST", "/fhir/Patient/there/$meta-add", FHIR),
        new Door("POST", "/fhir/$export", FHIR),
        new Door("POST", "/fhir/$import", FHIR),
        new Door("POST", "/cds-services/mutual-recognition-order-sign", "application/json"),
        new Door(
            "POST", "/cds-services/mutual-recognition-order-sign/feedback", "application/json"));
  }

  static Stream<Door> xmlDoors() {
    return doors()
        .filter(door -> door.type().equals(FHIR))
        .map(door -> new Door(door.method(), door.path(), XML));
  }

  @ParameterizedTest
  @MethodSource("doors")
  void nesting_without_end_is_refused(Door door) throws Exception {
    var there = put("Patient", patient(randomId()));
    for (var body :
        new String[] {
          "[".repeat(DEEP),
          "{\"a\":".repeat(DEEP),
          "{\"resourceType\":\"Patient\",\"name\":" + "[".repeat(DEEP),
          "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"part\":[{\"name\":\"x\",\"part\":["
              .repeat(DEEP / 100),
          "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[{\"resource\":"
              .repeat(DEEP / 100),
          "{\"resourceType\":\"Patient\",\"contained\":[".repeat(DEEP / 100),
          "[{\"op\":\"add\",\"path\":\"/name\",\"value\":" + "[".repeat(DEEP),
          "{\"hook\":\"order-sign\",\"hookInstance\":\"x\",\"context\":" + "{\"a\":".repeat(DEEP)
        }) {
      refused(send(door, there, body.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @MethodSource("doors")
  void numbers_and_names_without_end_are_refused(Door door) throws Exception {
    var there = put("Patient", patient(randomId()));
    for (var value :
        new String[] {
          "9".repeat(100_000), "1e1000000", "1e-99999999999", "\"" + "x".repeat(1_100_000) + "\""
        }) {
      var body =
          "{\"resourceType\":\"Observation\",\"status\":\"final\",\"valueQuantity\":{\"value\":"
              + value
              + "}}";
      refused(send(door, there, body.getBytes(StandardCharsets.UTF_8)));
    }
    var keys = new StringBuilder("{\"resourceType\":\"Patient\"");
    for (var i = 0; i < 40_000; i++) {
      keys.append(",\"k").append(i).append("\":1");
    }
    refused(send(door, there, keys.append('}').toString().getBytes(StandardCharsets.UTF_8)));
    var twice = "{\"resourceType\":\"Patient\"" + ",\"active\":true".repeat(100_000) + "}";
    refused(send(door, there, twice.getBytes(StandardCharsets.UTF_8)));
  }

  /** Nobody is asked, no file is read, nothing is multiplied. */
  @ParameterizedTest
  @MethodSource("xmlDoors")
  void an_entity_is_never_resolved(Door door, @TempDir Path folder) throws Exception {
    var there = put("Patient", patient(randomId()));
    var file = Files.writeString(folder.resolve("secret"), SECRET).toUri();
    var asked = new AtomicInteger();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.sendResponseHeaders(200, 0);
          exchange.close();
        });
    server.start();
    try {
      var url = "http://localhost:" + server.getAddress().getPort() + "/x";
      for (var xml :
          new String[] {
            doctype("<!ENTITY e SYSTEM \"%s\">".formatted(file), "&e;"),
            doctype("<!ENTITY e SYSTEM \"%s\">".formatted(url), "&e;"),
            doctype("<!ENTITY e PUBLIC \"x\" \"%s\">".formatted(url), "&e;"),
            doctype("<!ENTITY %% p SYSTEM \"%s\"> %%p;".formatted(url), "x"),
            doctype("", "x"),
            "<!DOCTYPE Patient SYSTEM \"%s\">".formatted(url) + body("x"),
            doctype(bomb(), "&l9;"),
            body("x")
                .replace("<Patient ", "<Patient xmlns:xi=\"http://www.w3.org/2001/XInclude\" ")
                .replace(
                    "</Patient>",
                    "<xi:include href=\"%s\" parse=\"text\"/></Patient>".formatted(file)),
            body("x")
                .replace(
                    "<Patient ",
                    "<Patient xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"%s\" "
                        .formatted(url)),
            "<?xml-stylesheet href=\"%s\"?>".formatted(url) + body("&e;"),
          }) {
        var answer = send(door, there, xml.getBytes(StandardCharsets.UTF_8));
        refused(answer);
        assertThat(answer.body()).doesNotContain(SECRET);
      }
    } finally {
      server.stop(0);
    }
    assertThat(asked).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("xmlDoors")
  void a_number_that_takes_minutes_is_refused_in_xml_too(Door door) throws Exception {
    var there = put("Patient", patient(randomId()));
    for (var number : new String[] {"1e1000000", "1e-99999999999", "9".repeat(100_000)}) {
      var xml =
          "<Observation xmlns=\"http://hl7.org/fhir\"><status value=\"final\"/><valueQuantity><value value=\"%s\"/></valueQuantity></Observation>"
              .formatted(number);
      refused(send(door, there, xml.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void a_narrative_brings_no_entities() throws Exception {
    for (var div :
        new String[] {
          "<!DOCTYPE div [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><div xmlns='http://www.w3.org/1999/xhtml'>&e;</div>",
          "<div xmlns='http://www.w3.org/1999/xhtml'>&e;</div>",
          "<div xmlns='http://www.w3.org/1999/xhtml'><script>x</script></div>",
          "<div xmlns='http://www.w3.org/1999/xhtml'>" + "<b>".repeat(50_000) + "</div>"
        }) {
      var body =
          "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"%s\"}}"
              .formatted(div);
      refused(
          send(new Door("POST", "/fhir/Patient", FHIR), "", body.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void a_patch_path_is_bounded_and_no_pattern() throws Exception {
    var there = put("Patient", patient(randomId()));
    for (var path :
        new String[] {
          "(".repeat(900) + "Patient.name" + ")".repeat(90),
          "(".repeat(100_000) + "Patient.name",
          "Patient.name.where(text='" + "a\\\\".repeat(200) + "')",
          "Patient.name.where(text.matches('(a+)+$'))"
        }) {
      var parameters =
          """
          {"resourceType":"Parameters","parameter":[{"name":"operation","part":[{"name":"type","valueCode":"delete"},
           {"name":"path","valueString":"%s"}]}]}
          """
              .formatted(path);
      refused(
          send(
              new Door("PATCH", "/fhir/Patient/there", FHIR),
              there,
              parameters.getBytes(StandardCharsets.UTF_8)));
      var pointer = "[{\"op\":\"remove\",\"path\":\"%s\"}]".formatted("/a".repeat(path.length()));
      refused(
          send(
              new Door("PATCH", "/fhir/Patient/there", "application/json-patch+json"),
              there,
              pointer.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Of NDJSON each line is judged by itself: the deep one is named, the other is written. */
  @Test
  void a_line_without_end_of_depth_spoils_no_other() throws Exception {
    var good = randomId();
    var lines =
        "{\"resourceType\":\"Patient\",\"name\":"
            + "[".repeat(DEEP)
            + "\n"
            + "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1e1000000}}\n"
            + patient(good).replace("\n", " ")
            + "\n";
    var accepted =
        post(
            "/fhir/$import", "application/fhir+ndjson", lines.getBytes(StandardCharsets.UTF_8), "");
    assertThat(accepted.statusCode()).isEqualTo(202);
    var location = accepted.headers().firstValue("Content-Location").orElseThrow();
    var status = location.substring(location.indexOf("/fhir/"));

    await().atMost(Duration.ofMinutes(1)).until(() -> hospital().get(status).statusCode() == 200);
    assertThat(hospital().get(status).asString()).contains("OperationOutcome");
    hospital().get("/fhir/Patient/" + good).then().statusCode(200);
  }

  /** A few kilobytes that unpack to gigabytes, once and twice packed. */
  @Test
  void what_unpacks_without_end_is_refused() throws Exception {
    var bomb = packed(new byte[1 << 20], 2048);
    assertThat(bomb.length).isLessThan(3_000_000);
    for (var path : new String[] {"/fhir/Patient", "/fhir", "/fhir/$import"}) {
      assertThat(post(path, FHIR, bomb, "gzip").statusCode()).as(path).isEqualTo(413);
      assertThat(post(path, FHIR, packed(bomb, 1), "gzip, gzip").statusCode())
          .as(path)
          .isIn(400, 413, 415);
      assertThat(post(path, FHIR, bomb, "deflate").statusCode()).as(path).isIn(400, 413, 415);
      assertThat(post(path, FHIR, bomb, "br").statusCode()).as(path).isIn(400, 413, 415);
    }
    assertThat(post("/fhir/$import", "application/fhir+ndjson", bomb, "gzip").statusCode())
        .isEqualTo(413);
    var small = packed(patient(randomId()).getBytes(StandardCharsets.UTF_8), 1);
    assertThat(post("/fhir/Patient", FHIR, small, "gzip").statusCode()).isEqualTo(201);
  }

  private static byte[] packed(byte[] block, int times) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      for (var i = 0; i < times; i++) {
        gzip.write(block);
      }
    }
    return bytes.toByteArray();
  }

  private static String doctype(String inside, String text) {
    return "<?xml version=\"1.0\"?><!DOCTYPE Patient [" + inside + "]>" + body(text);
  }

  private static String body(String text) {
    return "<Patient xmlns=\"http://hl7.org/fhir\"><name><text value=\""
        + text
        + "\"/></name></Patient>";
  }

  private static String bomb() {
    var bomb = new StringBuilder("<!ENTITY l0 \"ha\">");
    for (var i = 1; i < 10; i++) {
      bomb.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
    }
    return bomb.toString();
  }

  /** Said by whose fault, and answered: nothing broke. What only judges says so in its answer. */
  private static void refused(HttpResponse<String> answer) {
    var judged = answer.request().uri().getPath().endsWith("$validate");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(judged ? 200 : 400, 422);
    assertThat(answer.body()).contains("error");
    assertThat(answer.body().length()).as("a refusal is short").isLessThan(100_000);
    assertThat(answer.body()).doesNotContain("StackOverflow", "OutOfMemory", "\tat ");
  }

  private static HttpResponse<String> send(Door door, String patient, byte[] body)
      throws Exception {
    return send(door.method(), door.path().replace("there", patient), door.type(), body, "");
  }

  private static HttpResponse<String> post(String path, String type, byte[] body, String encoding)
      throws Exception {
    return send("POST", path, type, body, encoding);
  }

  private static HttpResponse<String> send(
      String method, String path, String type, byte[] body, String encoding) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + hospitalToken())
            .header("Content-Type", type)
            .header("Prefer", "respond-async")
            .method(method, BodyPublishers.ofByteArray(body));
    if (!encoding.isEmpty()) {
      request.header("Content-Encoding", encoding);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
