package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.observation;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same resource in every form that can be asked for. */
@QuarkusTest
class FormTest {
  private static final String JSON = "application/fhir+json;charset=utf-8";
  private static final String XML = "application/fhir+xml;charset=utf-8";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*/*; ; json",
        "application/fhir+json; ; json",
        "application/json; ; json",
        "application/fhir+xml; ; xml",
        "application/xml; ; xml",
        "text/xml; ; xml",
        "application/fhir+xml, application/fhir+json; ; xml",
        "application/fhir+xml|q=0.5, application/fhir+json; ; json",
        "application/fhir+xml|q=0.9, */*|q=0.8; ; xml",
        "application/fhir+json|q=0, application/xml|q=0.1; ; xml",
        "application/fhir+xml| fhirVersion=4.0; ; xml",
        "application/fhir+xml; _format=json; json",
        "application/fhir+json; _format=xml; xml",
        "*/*; _format=application/fhir%2Bxml; xml",
        "*/*; _format=application/fhir+xml; xml",
        "*/*; _format=text/xml; xml",
        "*/*; _format=application/json; json",
      })
  void a_read_is_answered_in_the_format_asked_for(String accept, String query, String format) {
    var id = stored();
    hospital()
        .header("Accept", accept.replace('|', ';'))
        .get("/fhir/Patient/" + id + (query == null ? "" : "?" + query))
        .then()
        .statusCode(200)
        .contentType(format.equals("xml") ? XML : JSON)
        .body(startsWith(format.equals("xml") ? "<Patient xmlns=\"http://hl7.org/fhir\"" : "{"));
  }

  @ParameterizedTest
  @CsvSource({
    "text/html, _pretty=true",
    "application/fhir+turtle, _pretty=true",
    "application/fhir+json; fhirVersion=5.0, _pretty=true",
    "application/fhir+json;q=0, _pretty=true",
    "*/*, _format=html",
    "*/*, _format=ttl",
  })
  void a_format_that_is_not_offered_is_refused_before_anything_is_done(
      String accept, String query) {
    var id = randomId();
    hospital()
        .header("Accept", accept)
        .body(patient(id))
        .put("/fhir/Patient/" + id + "?" + query)
        .then()
        .statusCode(406)
        .body("issue[0].details.coding[0].code", equalTo("format-not-supported"));
    hospital().get("/fhir/Patient?_id=" + id + "&_total=accurate").then().body("total", is(0));
  }

  @Test
  void what_is_sent_as_xml_is_the_same_resource_in_json() {
    var patient = stored();
    var id = randomId();
    var xml =
        """
        <Observation xmlns="http://hl7.org/fhir"><id value="%s"/><status value="final"/>
          <category><coding><system value="http://terminology.hl7.org/CodeSystem/observation-category"/><code value="laboratory"/></coding></category>
          <code><coding><system value="%s:lab-code"/><code value="ALT"/></coding></code>
          <subject><reference value="Patient/%s"/></subject>
          <effectiveDateTime value="2026-03-01T07:30:00+08:00"/>
          <performer><identifier><system value="urn:ietf:rfc:3986"/><value value="%s"/></identifier></performer>
          <valueQuantity><value value="32.0"/><unit value="U/L"/><system value="http://unitsofmeasure.org"/><code value="U/L"/></valueQuantity>
        </Observation>"""
            .formatted(id, Clients.HOSPITAL, patient, Clients.HOSPITAL);

    hospital()
        .contentType("application/fhir+xml")
        .header("Accept", "application/fhir+xml")
        .body(xml)
        .put("/fhir/Observation/" + id)
        .then()
        .statusCode(201)
        .contentType(XML);

    assertThat(hospital().get("/fhir/Observation/" + id).asString())
        .contains("\"value\":32.0")
        .contains("\"2026-03-01T07:30:00+08:00\"");
    assertThat(hospital().get("/fhir/Observation/" + id + "?_format=xml").asString())
        .contains("<value value=\"32.0\">");
  }

  @Test
  void bundles_and_refusals_are_written_in_xml_too() {
    var id = stored();
    hospital()
        .get("/fhir/Patient?_id=" + id + "&_format=xml")
        .then()
        .statusCode(200)
        .contentType(XML)
        .body("Bundle.entry.resource.Patient.id.@value", equalTo(id));
    hospital()
        .get("/fhir/Patient?colour=red&_format=xml")
        .then()
        .statusCode(400)
        .contentType(XML)
        .body("OperationOutcome.issue.severity.@value", equalTo("error"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<!DOCTYPE Patient [<!ENTITY file SYSTEM \"file:///etc/hostname\">]><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/><name><text value=\"&file\u003b\"/></name></Patient>",
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a\u003b&a\u003b&a\u003b\">]><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/><name><text value=\"&b\u003b\"/></name></Patient>",
        "<!DOCTYPE Patient SYSTEM \"http://localhost:1/x.dtd\"><Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/><colour value=\"red\"/></Patient>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/>",
        "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"x\"/><name><text value=\"&file\u003b\"/></name></Patient>",
      })
  void xml_that_brings_entities_or_is_no_resource_is_refused(String xml) {
    hospital()
        .contentType("application/fhir+xml")
        .body(xml)
        .put("/fhir/Patient/x")
        .then()
        .statusCode(400)
        .body("issue[0].details.coding[0].code", equalTo("resource-malformed"));
  }

  @Test
  void xml_without_end_of_depth_is_refused() {
    var deep = "<extension url=\"urn:x\">".repeat(10_000) + "</extension>".repeat(10_000);
    hospital()
        .contentType("application/fhir+xml")
        .body("<Patient xmlns=\"http://hl7.org/fhir\">" + deep + "</Patient>")
        .post("/fhir/Patient")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", matchesPattern(".*deep.*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/fhir+turtle",
        "text/plain",
        "application/fhir+json; charset=gb18030",
        "application/fhir+json; fhirVersion=3.0",
      })
  void a_body_of_another_kind_is_refused(String contentType) throws Exception {
    var answer =
        send(
            request("/fhir/Patient/x")
                .header("Content-Type", contentType)
                .PUT(BodyPublishers.ofString(patient("x"))),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).contains("content-type-unsupported");
  }

  @Test
  void an_indented_answer_has_the_same_tokens() {
    var patient = stored();
    var id = randomId();
    hospital().body(observation(id, patient)).put("/fhir/Observation/" + id);

    assertThat(hospital().get("/fhir/Observation/" + id + "?_pretty=true").asString())
        .contains("\n")
        .contains("32.0");
    hospital().get("/fhir/Observation/" + id + "?_pretty=perhaps").then().statusCode(400);
  }

  @Test
  void answers_are_compressed_for_who_can_read_that() throws Exception {
    var id = stored();
    var answer =
        send(
            request("/fhir/Patient/" + id).header("Accept-Encoding", "gzip").GET(),
            BodyHandlers.ofByteArray());

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8)).contains(id);
    }
    assertThat(
            send(request("/fhir/Patient/" + id).GET(), BodyHandlers.ofString())
                .headers()
                .firstValue("Content-Encoding"))
        .isEmpty();
  }

  @Test
  void what_is_sent_compressed_is_read() throws Exception {
    var id = randomId();
    var answer =
        send(put(id, patient(id).getBytes(StandardCharsets.UTF_8)), BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).contains("王瑋");
  }

  @Test
  void a_compressed_body_counts_as_large_as_it_unpacks() throws Exception {
    var id = randomId();
    var bomb = (patient(id) + " ".repeat(40_000_000)).getBytes(StandardCharsets.UTF_8);

    var answer = send(put(id, bomb), BodyHandlers.ofString());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
    assertThat(answer.body()).contains("request-too-large");
    hospital().get("/fhir/Patient?_id=" + id + "&_total=accurate").then().body("total", is(0));
  }

  private static HttpRequest.Builder put(String id, byte[] body) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    }
    return request("/fhir/Patient/" + id)
        .header("Content-Encoding", "gzip")
        .header("Content-Type", "application/fhir+json")
        .PUT(BodyPublishers.ofByteArray(packed.toByteArray()));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
        .header("Authorization", "Bearer " + Clients.hospitalToken());
  }

  private static <T> HttpResponse<T> send(
      HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), body);
  }

  private static String stored() {
    var id = randomId();
    hospital().body(patient(id)).put("/fhir/Patient/" + id).then().statusCode(201);
    return id;
  }
}
