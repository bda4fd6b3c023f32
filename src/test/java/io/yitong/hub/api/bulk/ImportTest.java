package io.yitong.hub.api.bulk;

import static io.yitong.hub.api.Clients.FULING;
import static io.yitong.hub.api.Clients.HOSPITAL;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static io.yitong.hub.api.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.yitong.hub.api.Clients;
import io.yitong.hub.testing.TestIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ImportTest {
  private final BulkClient client = new BulkClient(Clients::hospital);

  @Test
  void lines_become_resources_in_the_bytes_they_were_sent_in() {
    var patient = randomId();
    var observation = randomId();

    var manifest = imported(line(patient(patient)), line(observation(observation, patient)));

    assertThat(summary(manifest)).isEqualTo("created 2, updated 0, unchanged 0, refused 0");
    assertThat(manifest.getList("error")).isEmpty();
    hospital()
        .get("/fhir/Observation/" + observation)
        .then()
        .statusCode(200)
        .body("subject.reference", equalTo("Patient/" + patient));
    assertThat(hospital().get("/fhir/Observation/" + observation).asString())
        .contains("\"value\":32.0,");
    hospital()
        .get("/fhir/Observation?patient=" + patient)
        .then()
        .body("entry.resource.id", org.hamcrest.Matchers.contains(observation));
  }

  @Test
  void importing_the_same_again_changes_nothing() {
    var patient = line(patient(randomId()));
    imported(patient);

    assertThat(summary(imported(patient)))
        .isEqualTo("created 0, updated 0, unchanged 1, refused 0");
    assertThat(summary(imported(patient.replace("true", "false"))))
        .isEqualTo("created 0, updated 1, unchanged 0, refused 0");
  }

  @Test
  void of_two_lines_of_one_id_the_later_wins() {
    var id = randomId();
    var lines =
        IntStream.range(0, 620)
            .mapToObj(i -> line(patient(id).replace("王瑋", "第" + i)))
            .collect(Collectors.joining("\n"));

    var manifest = imported(lines);

    assertThat(summary(manifest)).isEqualTo("created 1, updated 619, unchanged 0, refused 0");
    hospital().get("/fhir/Patient/" + id).then().body("name[0].text", equalTo("第619"));
  }

  @Test
  void a_line_may_refer_to_a_later_one() {
    var patient = randomId();
    var results =
        Stream.generate(() -> line(observation(randomId(), patient)))
            .limit(1200)
            .collect(Collectors.joining("\n"));

    var manifest = imported(results, line(patient(patient)));

    assertThat(summary(manifest)).isEqualTo("created 1201, updated 0, unchanged 0, refused 0");
    hospital()
        .get("/fhir/Observation?patient=" + patient + "&_summary=count")
        .then()
        .body("total", equalTo(1200));
  }

  @Test
  void every_line_that_cannot_be_written_is_named_and_the_others_are_written() {
    var patient = randomId();
    var lost = randomId();
    var lines =
        List.of(
            line(patient(patient)),
            "{\"resourceType\":\"Patient\",\"id\":\"x\",\"active\":\"yes\"}",
            "{not json",
            "",
            line(observation(lost, randomId())),
            line(observation(randomId(), patient)),
            "{\"resourceType\":\"Patient\"}",
            "{\"resourceType\":\"Parameters\",\"id\":\"p\"}",
            "{\"resourceType\":\"SearchParameter\",\"id\":\"s\",\"url\":\"urn:x\",\"name\":\"x\",\"status\":\"active\",\"description\":\"x\",\"code\":\"x\",\"base\":[\"Patient\"],\"type\":\"token\"}");

    var manifest = imported(String.join("\n", lines));

    assertThat(summary(manifest)).isEqualTo("created 2, updated 0, unchanged 0, refused 6");
    var errors = client.lines(manifest, "error", "OperationOutcome");
    assertThat(errors.stream().map(error -> JsonPath.from(error).getString("issue[0].location[0]")))
        .containsExactly(
            "input[0] line 2",
            "input[0] line 3",
            "input[0] line 5",
            "input[0] line 7",
            "input[0] line 8",
            "input[0] line 9");
    assertThat(JsonPath.from(errors.get(0)).getString("issue[0].expression[0]"))
        .isEqualTo("Patient.active");
    assertThat(errors.get(0)).contains("第 2 行", "Line 2");
    assertThat(errors.get(2)).contains("reference-unresolved");
    assertThat(errors.get(3)).contains("import-id-missing");
    assertThat(errors.get(4)).contains("resource-type-unknown");
    assertThat(errors.get(5)).contains("not-permitted");
    hospital().get("/fhir/Observation/" + lost).then().statusCode(403);
  }

  @Test
  void another_institutions_resource_is_not_overwritten_and_spoils_no_other_line() {
    var theirs = randomId();
    with(TestIssuer.token("fuling-his", FULING, "system/*.cruds", "hospital"))
        .body(patient(theirs).replace(HOSPITAL, FULING))
        .put("/fhir/Patient/" + theirs)
        .then()
        .statusCode(201);
    var ours = IntStream.range(0, 5).mapToObj(i -> randomId()).toList();

    var manifest =
        imported(
            line(patient(ours.get(0))),
            line(patient(ours.get(1))),
            line(patient(theirs)),
            line(patient(ours.get(2))),
            line(patient(ours.get(3))));

    assertThat(summary(manifest)).isEqualTo("created 4, updated 0, unchanged 0, refused 1");
    assertThat(client.lines(manifest, "error", "OperationOutcome").get(0))
        .contains("input[0] line 3", "not-permitted");
  }

  @Test
  void files_are_fetched_from_servers_that_are_named_and_no_others() throws IOException {
    var patient = randomId();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    serve(server, "/patients", line(patient(patient)));
    serve(server, "/results", line(observation(randomId(), patient)));
    server.start();
    try {
      var base = "http://localhost:" + server.getAddress().getPort();

      var manifest =
          client.manifest(
              client
                  .async()
                  .body(order(base + "/results", "Observation", base + "/patients", "Patient"))
                  .post("/fhir/$import"));
      assertThat(summary(manifest)).isEqualTo("created 2, updated 0, unchanged 0, refused 0");

      var absent =
          client.finished(
              BulkClient.statusOf(
                  client.async().body(order(base + "/absent", "Patient")).post("/fhir/$import")));
      absent
          .then()
          .statusCode(502)
          .body("issue[0].details.coding[0].code", equalTo("import-source-unreachable"));

      var mistaken =
          client.manifest(
              client.async().body(order(base + "/patients", "Observation")).post("/fhir/$import"));
      assertThat(client.lines(mistaken, "error", "OperationOutcome").get(0))
          .contains("resource-type-unexpected");
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest",
        "https://localhost/x",
        "http://localhost.example.org:80/x",
        "http://user@localhost:1/x",
        "file:///etc/passwd",
        "localhost:80"
      })
  void a_server_that_is_not_named_is_not_asked(String url) {
    client
        .async()
        .body(order(url, "Patient"))
        .post("/fhir/$import")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("import-source-refused"));
  }

  @Test
  void who_may_not_write_may_not_import() {
    for (var token :
        List.of(
            TestIssuer.token("regulator", null, "system/*.cruds", "regulator"),
            TestIssuer.token("yitong-console", HOSPITAL, "user/*.cruds", "clinician"))) {
      with(token)
          .header("Prefer", "respond-async")
          .contentType("application/fhir+ndjson")
          .body(line(patient(randomId())).getBytes(StandardCharsets.UTF_8))
          .post("/fhir/$import")
          .then()
          .statusCode(403);
    }
    var reader =
        new BulkClient(
            () -> with(TestIssuer.token("chongqing-his", HOSPITAL, "system/*.rs", "hospital")));
    var manifest =
        reader.manifest(
            reader
                .async()
                .contentType("application/fhir+ndjson")
                .body(line(patient(randomId())).getBytes(StandardCharsets.UTF_8))
                .post("/fhir/$import"));
    assertThat(reader.lines(manifest, "error", "OperationOutcome").get(0))
        .contains("scope-missing");
  }

  @Test
  void what_is_not_understood_is_refused() {
    client
        .async()
        .body(
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"mode\",\"valueCode\":\"x\"}]}")
        .post("/fhir/$import")
        .then()
        .statusCode(400);
    client
        .async()
        .body("{\"resourceType\":\"Parameters\"}")
        .post("/fhir/$import")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("parameter-missing"));
    hospital().body("{}").post("/fhir/$import").then().statusCode(400);
  }

  private JsonPath imported(String... lines) {
    return client.manifest(sent(lines));
  }

  private Response sent(String... lines) {
    return client
        .async()
        .contentType("application/fhir+ndjson")
        .body(String.join("\n", lines).getBytes(StandardCharsets.UTF_8))
        .post("/fhir/$import");
  }

  private String summary(JsonPath manifest) {
    var line = client.lines(manifest, "output", "OperationOutcome").get(0);
    return JsonPath.from(line).getString("issue[0].diagnostics");
  }

  private static String line(String json) {
    return json.replace("\n", "");
  }

  private static String order(String... urlsAndTypes) {
    var inputs = new ArrayList<String>();
    for (var i = 0; i < urlsAndTypes.length; i += 2) {
      inputs.add(
          "{\"name\":\"input\",\"part\":[{\"name\":\"url\",\"valueUrl\":\"%s\"},{\"name\":\"type\",\"valueCode\":\"%s\"}]}"
              .formatted(urlsAndTypes[i], urlsAndTypes[i + 1]));
    }
    return "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"inputFormat\",\"valueCode\":\"application/fhir+ndjson\"},"
        + String.join(",", inputs)
        + "]}";
  }

  private static void serve(HttpServer server, String path, String text) {
    server.createContext(
        path,
        exchange -> {
          var bytes = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
