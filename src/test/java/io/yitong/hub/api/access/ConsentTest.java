package io.yitong.hub.api.access;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.access.Persons.actor;
import static io.yitong.hub.api.access.Persons.consent;
import static io.yitong.hub.api.access.Persons.inCare;
import static io.yitong.hub.api.access.Persons.known;
import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.OTHER_HOSPITAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.api.access.Persons.Person;
import org.junit.jupiter.api.Test;

/** What a person's Consents do to the next request. */
@QuarkusTest
class ConsentTest {
  private static final String DENY = "{\"type\":\"deny\"}";

  @Test
  void a_permit_opens_to_whom_it_names_until_it_is_withdrawn() {
    var person = known();
    var permit = "{\"type\":\"permit\",%s}".formatted(actor(HOSPITAL));
    assertThat(sees(hospital(), person.result())).isFalse();

    var consent = consent(person, permit);
    assertThat(sees(hospital(), person.result())).isTrue();

    Persons.withdraw(person, consent, permit);
    assertThat(sees(hospital(), person.result())).isFalse();
  }

  @Test
  void a_consent_that_is_deleted_says_nothing_any_more() {
    var person = inCare();
    var consent = consent(person, DENY);
    assertThat(sees(hospital(), person.result())).isFalse();

    fuling().delete("/fhir/Consent/" + consent).then().statusCode(204);

    assertThat(sees(hospital(), person.result())).isTrue();
  }

  @Test
  void a_denial_hides_in_totals_pages_and_includes_as_it_does_in_reads() {
    var person = inCare();
    var record = "/fhir/Observation?patient=" + person.there() + "&_total=accurate";
    assertThat(hospital().get(record).jsonPath().getInt("total")).isEqualTo(1);

    consent(person, DENY);

    assertThat(hospital().get(record).jsonPath().getInt("total")).isZero();
    hospital().get("/fhir/Patient/" + person.there() + "/$everything").then().statusCode(403);
    hospital()
        .get(
            "/fhir/Patient?_id=%s&_has:Observation:patient:status=final&_total=accurate"
                .formatted(person.there()))
        .then()
        .body("total", equalTo(0));
  }

  @Test
  void a_consent_to_one_institution_s_patient_is_the_person_s() {
    var person = inCare();
    var id = Clients.randomId();
    var here = new Person(person.here(), person.there(), "", "");
    hospital()
        .body(Persons.consentText(id, here, "active", DENY))
        .put("/fhir/Consent/" + id)
        .then()
        .statusCode(201);

    assertThat(sees(hospital(), person.result())).isFalse();
    assertThat(sees(fuling(), person.result())).isTrue();
  }

  @Test
  void one_that_is_over_or_has_not_begun_says_nothing() {
    var person = inCare();
    consent(person, "{\"type\":\"deny\",\"period\":{\"end\":\"2026-01-01\"}}");
    consent(person, "{\"type\":\"deny\",\"period\":{\"start\":\"2999-01-01\"}}");

    assertThat(sees(hospital(), person.result())).isTrue();
  }

  @Test
  void a_denial_for_one_purpose_leaves_the_others() {
    var person = inCare();
    consent(
        person,
        """
        {"type":"deny","purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HPAYMT"}]}""");

    assertThat(sees(hospital(), person.result())).isTrue();
    assertThat(sees(hospital().header("X-Purpose-Of-Use", "HPAYMT"), person.result())).isFalse();
  }

  @Test
  void an_exception_to_a_denial_opens_what_it_names() {
    var person = inCare();
    consent(
        person,
        """
        {"type":"deny","provision":[{"type":"permit",%s,
          "class":[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}]}]}"""
            .formatted(actor(HOSPITAL)));

    assertThat(sees(hospital(), person.result())).isTrue();
    hospital().get("/fhir/Patient/" + person.there()).then().statusCode(403);
  }

  @Test
  void among_several_a_denial_wins() {
    var person = known();
    consent(person, "{\"type\":\"permit\",%s}".formatted(actor(HOSPITAL)));
    consent(person, "{\"type\":\"deny\",%s}".formatted(actor(HOSPITAL)));

    assertThat(sees(hospital(), person.result())).isFalse();
  }

  @Test
  void a_denial_to_another_institution_is_not_one_to_this() {
    var person = inCare();
    consent(person, "{\"type\":\"deny\",%s}".formatted(actor(OTHER_HOSPITAL)));

    assertThat(sees(hospital(), person.result())).isTrue();
  }

  @Test
  void what_is_sensitive_takes_consent_to_its_category_by_name() {
    var person = inCare();
    consent(person, "{\"type\":\"permit\",%s}".formatted(actor(HOSPITAL)));
    assertThat(sees(hospital(), person.hiv())).isFalse();

    consent(
        person,
        """
        {"type":"permit",%s,"securityLabel":[
          {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"PSY"}]}"""
            .formatted(actor(HOSPITAL)));
    assertThat(sees(hospital(), person.hiv())).isFalse();

    consent(
        person,
        """
        {"type":"permit",%s,"securityLabel":[
          {"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]}"""
            .formatted(actor(HOSPITAL)));
    assertThat(sees(hospital(), person.hiv())).isTrue();
  }

  @Test
  void a_report_is_as_sensitive_as_its_results() {
    var person = inCare();
    var id = Clients.randomId();
    fuling()
        .body(
            """
            {"resourceType":"DiagnosticReport","id":"%s","status":"final","code":{"text":"术前检查"},
             "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"LAB"}]}],
             "subject":{"reference":"Patient/%s"},"result":[{"reference":"Observation/%s"}]}"""
                .formatted(id, person.there(), person.hiv()))
        .put("/fhir/DiagnosticReport/" + id)
        .then()
        .statusCode(201);

    hospital().get("/fhir/DiagnosticReport/" + id).then().statusCode(403);
    fuling().get("/fhir/DiagnosticReport/" + id).then().statusCode(200);
  }

  @Test
  void what_was_once_sensitive_stays_so_since_its_history_is_seen_with_it() {
    var person = inCare();
    var plain =
        """
        {"resourceType":"Observation","id":"%s","status":"final","code":{"text":"复查"},
         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"survey"}]}],
         "subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-03-01T07:30:00+08:00",
         "performer":[{"identifier":{"system":"urn:ietf:rfc:3986","value":"%s"}}],"valueString":"x"}"""
            .formatted(person.hiv(), person.there(), Clients.FULING);
    fuling().body(plain).put("/fhir/Observation/" + person.hiv()).then().statusCode(200);

    hospital().get("/fhir/Observation/" + person.hiv()).then().statusCode(403);
  }

  @Test
  void one_that_cannot_be_enforced_is_refused_and_not_kept() {
    var person = known();
    var id = Clients.randomId();

    fuling()
        .body(
            Persons.consentText(
                id,
                person,
                "active",
                "{\"type\":\"deny\",\"dataPeriod\":{\"start\":\"2026-01-01\"}}"))
        .put("/fhir/Consent/" + id)
        .then()
        .statusCode(422)
        .body("issue[0].details.coding[0].code", equalTo("consent-not-enforceable"))
        .body("issue[0].expression[0]", startsWith("Consent.provision"));
    fuling().get("/fhir/Consent/" + id).then().statusCode(403);
  }

  private static boolean sees(RequestSpecification caller, String observation) {
    var status = caller.get("/fhir/Observation/" + observation).statusCode();
    assertThat(status).isIn(200, 403);
    return status == 200;
  }
}
