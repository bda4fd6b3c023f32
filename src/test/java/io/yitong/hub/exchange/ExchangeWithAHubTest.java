package io.yitong.hub.exchange;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.exchange.Neighbourhood.Admitted;
import io.yitong.hub.exchange.PartnerAnswer.Answered;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Specimen;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hub under test on both sides of the exchange: asks itself under an agreement with itself. */
@QuarkusTest
class ExchangeWithAHubTest {
  @Inject Neighbourhood neighbourhood;
  @Inject PartnerResults results;
  @Inject AuditRows audit;

  @TestHTTPResource("/fhir")
  String base;

  private final String client = "hub-" + UUID.randomUUID();
  private final PartnerServer issuer = new PartnerServer(TestExchangeKey.published());
  private Admitted wang;
  private Endpoint registered;

  @BeforeEach
  void set() {
    issuer.when(
        "/token",
        exchange ->
            PartnerServer.reply(
                exchange,
                200,
                "application/json",
                "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                    .formatted(token())
                    .getBytes(StandardCharsets.UTF_8)));
    wang = neighbourhood.patient(Optional.of(Neighbourhood.residentId()));
    registered = neighbourhood.register(base, issuer.root() + "/token", client);
  }

  @AfterEach
  void clear() {
    neighbourhood.remove(registered);
    issuer.close();
  }

  @Test
  void what_one_hub_holds_in_the_agreed_categories_the_other_gets() {
    // Given
    var laboratory = named(new Organization().setName("检验科"));
    var specimen = named(new Specimen().setSubject(wangWei()));
    var result =
        named(observation("laboratory").setSpecimen(to(specimen)).addPerformer(by(laboratory)));
    var report = named(report(result));
    var pressure = named(observation("vital-signs").addPerformer(Neighbourhood.hospital()));
    neighbourhood.writeTogether(
        List.of(laboratory, specimen, result, report, pressure), Neighbourhood.HOSPITAL);

    // When
    var answers = results.fetch(wang.person(), Duration.ofSeconds(20), CorrelationId.random());

    // Then
    assertThat(answers).singleElement().isInstanceOf(Answered.class);
    var resources = ((Answered) answers.get(0)).resources();
    assertThat(resources)
        .filteredOn(resource -> resource.getMeta().hasSource())
        .extracting(resource -> resource.getMeta().getSource())
        .containsExactlyInAnyOrder(
            source(result), source(specimen), source(laboratory), source(report));
    assertThat(resources)
        .extracting(Resource::fhirType)
        .containsExactlyInAnyOrder(
            "Observation", "Specimen", "Organization", "DiagnosticReport", "Provenance");
  }

  @Test
  void a_partner_reads_results_of_agreed_categories_and_nothing_else() {
    var result = store(observation("laboratory").addPerformer(Neighbourhood.hospital()));
    var pressure = store(observation("vital-signs").addPerformer(Neighbourhood.hospital()));

    asPartner(CorrelationId.random(), "/Observation/" + result.getIdPart()).then().statusCode(200);
    asPartner(CorrelationId.random(), "/Observation/" + pressure.getIdPart())
        .then()
        .statusCode(403);
    asPartner(CorrelationId.random(), "/Patient/" + wang.patientId()).then().statusCode(403);
    asPartner(CorrelationId.random(), "/Encounter?patient=" + wang.patientId())
        .then()
        .statusCode(403);
  }

  @Test
  void after_its_agreement_has_ended_a_partner_is_refused_in_its_name_and_on_record() {
    var result = store(observation("laboratory").addPerformer(Neighbourhood.hospital()));
    registered.getPeriod().setEnd(Date.from(Instant.now().minusSeconds(60)));
    neighbourhood.write(registered, Optional.empty());
    var correlation = CorrelationId.random();

    asPartner(correlation, "/Observation/" + result.getIdPart())
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("agreement-refuses"))
        .body("issue[0].diagnostics", containsString("chongqing-linshui"));

    assertThat(audit.under(correlation.value())).containsExactly(client + " agreement-refuses 4");
    given()
        .header("Authorization", "Bearer " + officer())
        .get("/fhir/AuditEvent?agent=" + client)
        .then()
        .statusCode(200)
        .body(
            "entry[0].resource.agent[0].policy[0]",
            equalTo("https://yitong.io/fhir/exchange-agreement/chongqing-linshui"));
  }

  @Test
  void a_client_with_the_role_but_no_agreement_is_refused() {
    var stranger = TestIssuer.token("hub-of-nowhere", null, "system/*.rs", "partner");

    given()
        .header("Authorization", "Bearer " + stranger)
        .get("/fhir/Observation?patient=" + wang.patientId())
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("agreement-refuses"));
  }

  private Response asPartner(CorrelationId correlation, String path) {
    return given()
        .header("Authorization", "Bearer " + token())
        .header("X-Correlation-Id", correlation.value())
        .get("/fhir" + path);
  }

  private String token() {
    return TestIssuer.token(client, null, "system/*.rs", "partner");
  }

  private static String officer() {
    return TestIssuer.token("privacy-officer", null, "system/AuditEvent.rs", "privacy-officer");
  }

  private Observation observation(String category) {
    return new Observation()
        .setStatus(ObservationStatus.FINAL)
        .setCode(new CodeableConcept(new Coding(NamingSystems.LOINC, "1742-6", null)))
        .setSubject(wangWei())
        .setEffective(new DateTimeType("2026-03-01T07:30:00+08:00"))
        .setValue(new Quantity(32))
        .addCategory(
            new CodeableConcept(new Coding(NamingSystems.OBSERVATION_CATEGORY, category, null)));
  }

  private static Reference by(Organization laboratory) {
    return to(laboratory).setIdentifier(Neighbourhood.HOSPITAL.asIdentifier());
  }

  private DiagnosticReport report(Observation result) {
    return new DiagnosticReport()
        .setStatus(DiagnosticReportStatus.FINAL)
        .setCode(new CodeableConcept().setText("肝功能"))
        .setSubject(wangWei())
        .addResult(to(result))
        .addCategory(
            new CodeableConcept(new Coding(NamingSystems.DIAGNOSTIC_SERVICE, "LAB", null)));
  }

  private static <T extends Resource> T named(T resource) {
    resource.setId(UUID.randomUUID().toString());
    return resource;
  }

  private <T extends Resource> T store(T resource) {
    named(resource);
    neighbourhood.write(resource, Optional.of(Neighbourhood.HOSPITAL));
    return resource;
  }

  private Reference wangWei() {
    return new Reference("Patient/" + wang.patientId());
  }

  private static Reference to(Resource resource) {
    return new Reference(resource.fhirType() + "/" + resource.getIdPart());
  }

  private String source(Resource resource) {
    return base + "/" + resource.fhirType() + "/" + resource.getIdPart() + "/_history/1";
  }
}
