package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import ca.uhn.fhir.context.FhirContext;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.record.PersonLinks;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventEntityComponent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditEventResourceTest {
  private final String patient = UUID.randomUUID().toString();
  @Inject AuditTrail audit;
  @Inject AuditRows rows;
  @Inject PersonLinks links;

  @Test
  void the_privacy_officer_sees_who_looked_at_a_patient() {
    // Given
    recordLook("doctor-1", Optional.empty());
    recordLook("doctor-2", Optional.of(ErrorCode.NOT_PERMITTED));

    // When
    var events = events(search("patient=" + patient));

    // Then
    assertThat(events)
        .extracting(AuditEventResourceTest::user, AuditEventResourceTest::outcome)
        .containsExactly(tuple("doctor-2", "4"), tuple("doctor-1", "0"));
    var event = events.get(1);
    assertThat(event.getPurposeOfEventFirstRep().getCodingFirstRep().getCode()).isEqualTo("TREAT");
    assertThat(event.getAgentFirstRep().getWho().getIdentifier().getValue())
        .isEqualTo("yitong-console");
    assertThat(event.getEntity())
        .anyMatch(entity -> ("Patient/" + patient).equals(entity.getWhat().getReference()));
  }

  @Test
  void outcome_agent_entity_and_date_narrow_the_search() {
    recordLook("doctor-1", Optional.empty());
    recordLook("doctor-2", Optional.of(ErrorCode.NOT_PERMITTED));

    assertThat(events(search("outcome=4&agent=yitong-console&patient=" + patient))).hasSize(1);
    assertThat(events(search("outcome=4,0&agent=yitong-console&patient=Patient/" + patient)))
        .hasSize(2);
    assertThat(events(search("agent=doctor-1&patient=" + patient))).hasSize(1);
    assertThat(events(search("agent=yitong-console&patient=" + patient))).hasSize(2);
    assertThat(events(search("entity=Observation/7&agent=yitong-console&patient=" + patient)))
        .hasSize(2);
    assertThat(events(search("entity=Observation/8&agent=yitong-console&patient=" + patient)))
        .isEmpty();
    assertThat(
            events(
                search(
                    "date=ge2026-01-01&date=lt9999-01-01&agent=yitong-console&patient=" + patient)))
        .hasSize(2);
    assertThat(events(search("date=lt2026-01-01&agent=yitong-console&patient=" + patient)))
        .isEmpty();
    assertThat(events(search("date=gt2100-01&agent=yitong-console&patient=" + patient))).isEmpty();
  }

  @Test
  void pages_together_hold_every_row_once() {
    for (var i = 0; i < 5; i++) {
      recordLook("doctor-" + i, Optional.empty());
    }

    var seen = new ArrayList<String>();
    var query = "_count=2&patient=" + patient;
    while (query != null) {
      var bundle = bundle(search(query));
      bundle.getEntry().forEach(entry -> seen.add(user((AuditEvent) entry.getResource())));
      var next = bundle.getLink("next");
      query = next == null ? null : next.getUrl().substring(next.getUrl().indexOf('?') + 1);
    }

    assertThat(seen).containsExactly("doctor-4", "doctor-3", "doctor-2", "doctor-1", "doctor-0");
  }

  @Test
  void looking_at_the_audit_is_itself_on_record() {
    var correlation = CorrelationId.random().value();

    given()
        .header("Authorization", "Bearer " + officer())
        .header("X-Correlation-Id", correlation)
        .get("/fhir/AuditEvent?patient=" + patient)
        .then()
        .statusCode(200);

    assertThat(rows.under(correlation)).containsExactly("privacy-officer - 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient:missing=true",
        "name=x",
        "date=yesterday",
        "date=ne2026-01-01",
        "date=2026-13",
        "outcome=1",
        "_count=many",
        "agent=a&agent=b"
      })
  void what_is_not_understood_is_refused_not_ignored(String query) {
    search(query).then().statusCode(400).body("resourceType", equalTo("OperationOutcome"));
  }

  @Test
  void a_hospital_a_regulator_and_an_officer_without_the_scope_are_refused_and_recorded() {
    var institution = "urn:yitong:institution:500106-university-hospital";
    var tokens =
        List.of(
            TestIssuer.token("chongqing-his", institution, "system/*.cruds", "hospital"),
            TestIssuer.token("regulator", null, "system/*.cruds", "regulator"),
            TestIssuer.token("privacy-officer", null, "system/Patient.rs", "privacy-officer"));
    for (var token : tokens) {
      var correlation = CorrelationId.random().value();
      given()
          .header("Authorization", "Bearer " + token)
          .header("X-Correlation-Id", correlation)
          .get("/fhir/AuditEvent")
          .then()
          .statusCode(403);
      assertThat(rows.under(correlation)).hasSize(1);
    }
  }

  @Test
  void one_event_is_read_by_its_id() {
    recordLook("doctor-1", Optional.empty());
    var id = events(search("patient=" + patient)).get(0).getIdPart();

    get(officer(), "/" + id).then().statusCode(200).body("id", equalTo(id));
    head(officer(), "/" + id).then().statusCode(200);
    head(officer(), "?patient=" + patient).then().statusCode(200);
    for (var absent : List.of("0-0", "1-999999999999", "nonsense", "1-1x")) {
      get(officer(), "/" + absent).then().statusCode(404);
    }
    given()
        .header("Authorization", "Bearer " + officer())
        .delete("/fhir/AuditEvent/" + id)
        .then()
        .statusCode(greaterThanOrEqualTo(400));
    assertThat(events(search("_id=" + id))).hasSize(1);
  }

  @Test
  void a_search_may_be_posted() {
    recordLook("doctor-1", Optional.empty());

    given()
        .header("Authorization", "Bearer " + officer())
        .formParam("patient", "Patient/" + patient)
        .formParam("outcome", "0")
        .post("/fhir/AuditEvent/_search?_count=5")
        .then()
        .statusCode(200)
        .body("entry.size()", equalTo(1));
  }

  @Test
  void purpose_action_and_interaction_narrow_the_search() {
    recordLook("doctor-1", Optional.empty());

    for (var matching :
        List.of("purpose=TREAT", "action=R", "subtype=read", "purpose=http://x%7CTREAT")) {
      assertThat(events(search(matching + "&patient=" + patient))).as(matching).hasSize(1);
    }
    for (var other : List.of("purpose=BTG", "action=C", "subtype=vread")) {
      assertThat(events(search(other + "&patient=" + patient))).as(other).isEmpty();
    }
  }

  @Test
  void patients_see_who_looked_at_their_record_at_every_hospital_and_nothing_else() {
    // Given
    var elsewhere = UUID.randomUUID().toString();
    var stranger = UUID.randomUUID().toString();
    links.link(Map.of(patient, UUID.nameUUIDFromBytes(patient.getBytes(UTF_8))));
    links.link(Map.of(elsewhere, UUID.nameUUIDFromBytes(patient.getBytes(UTF_8))));
    recordLook("doctor-1", Optional.empty());
    recordLook("doctor-2", Optional.empty(), elsewhere);
    recordLook("doctor-3", Optional.empty(), stranger);
    recordLook("doctor-4", Optional.empty(), stranger, elsewhere);

    // When
    var events = events(get(patientToken(), "?_count=10"));

    // Then
    assertThat(events)
        .extracting(AuditEventResourceTest::user)
        .containsExactly("doctor-4", "doctor-2", "doctor-1");
    assertThat(FhirContext.forR4Cached().newJsonParser().encodeResourceToString(events.get(0)))
        .contains("Patient/" + elsewhere)
        .doesNotContain(stranger, "Observation/7");
    assertThat(events.get(0).getEntity()).noneMatch(AuditEventEntityComponent::hasQuery);
    assertThat(events(get(patientToken(), "?patient=" + elsewhere))).hasSize(2);
    get(patientToken(), "?patient=" + stranger).then().statusCode(403);
  }

  @Test
  void a_row_about_others_and_one_that_is_none_are_answered_alike() {
    var stranger = UUID.randomUUID().toString();
    recordLook("doctor-3", Optional.empty(), stranger);
    var id = events(search("patient=" + stranger)).get(0).getIdPart();

    var others = get(patientToken(), "/" + id);
    var absent = get(patientToken(), "/0-0");

    assertThat(others.statusCode()).isEqualTo(404);
    assertThat(others.asString().replace(id, "0-0")).isEqualTo(absent.asString());
  }

  @Test
  void a_patients_look_is_on_record_as_their_own() {
    var correlation = CorrelationId.random().value();

    given()
        .header("Authorization", "Bearer " + patientToken())
        .header("X-Correlation-Id", correlation)
        .get("/fhir/AuditEvent")
        .then()
        .statusCode(200);

    assertThat(rows.interactions(correlation)).containsExactly("search-type AuditEvent " + patient);
  }

  @Test
  void a_patient_without_the_scope_sees_nothing() {
    var token = sign("patient/Observation.rs");

    get(token, "").then().statusCode(403);
  }

  private String patientToken() {
    return sign("patient/AuditEvent.rs");
  }

  private String sign(String scope) {
    return TestIssuer.sign(
        TestIssuer.claims("my-record", scope, "patient").claim("patient", patient).build());
  }

  private static Response get(String token, String rest) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer " + token)
        .get("/fhir/AuditEvent" + rest);
  }

  private static Response head(String token, String rest) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer " + token)
        .head("/fhir/AuditEvent" + rest);
  }

  private void recordLook(String doctor, Optional<ErrorCode> refusal) {
    recordLook(doctor, refusal, patient);
  }

  private void recordLook(String doctor, Optional<ErrorCode> refusal, String... patients) {
    var caller =
        new Caller(
            "yitong-console",
            doctor,
            Optional.of(new InstitutionId("urn:yitong:institution:500106-university-hospital")),
            Set.of(Role.CLINICIAN),
            Scopes.parse("user/*.rs"),
            "TREAT",
            CorrelationId.random());
    audit.record(
        new Access(
            caller,
            'R',
            "read",
            "Observation/7",
            "subject=Patient/" + patients[0],
            List.of(patients),
            refusal));
  }

  private static Response search(String query) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", "Bearer " + officer())
        .get("/fhir/AuditEvent?" + query);
  }

  private static String officer() {
    return TestIssuer.token("privacy-officer", null, "system/AuditEvent.rs", "privacy-officer");
  }

  private static Bundle bundle(Response response) {
    response.then().statusCode(200);
    return FhirContext.forR4Cached()
        .newJsonParser()
        .parseResource(Bundle.class, response.asString());
  }

  private static List<AuditEvent> events(Response response) {
    return bundle(response).getEntry().stream()
        .map(entry -> (AuditEvent) entry.getResource())
        .toList();
  }

  private static String user(AuditEvent event) {
    return event.getAgent().stream()
        .filter(AuditEvent.AuditEventAgentComponent::getRequestor)
        .findFirst()
        .orElseThrow()
        .getWho()
        .getIdentifier()
        .getValue();
  }

  private static String outcome(AuditEvent event) {
    return event.getOutcome().toCode();
  }
}
