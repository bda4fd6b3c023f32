package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.hamcrest.Matchers.equalTo;

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
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AuditEventResourceTest {
  private final String patient = UUID.randomUUID().toString();
  @Inject AuditTrail audit;
  @Inject AuditRows rows;

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

  private void recordLook(String doctor, Optional<ErrorCode> refusal) {
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
        new Access(caller, 'R', "read", "Observation/7", "", Optional.of(patient), refusal));
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
