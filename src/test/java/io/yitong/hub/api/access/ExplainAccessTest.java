package io.yitong.hub.api.access;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.access.Persons.actor;
import static io.yitong.hub.api.access.Persons.clinician;
import static io.yitong.hub.api.access.Persons.consent;
import static io.yitong.hub.api.access.Persons.inCare;
import static io.yitong.hub.api.access.Persons.known;
import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.yitong.hub.api.Clients;
import io.yitong.hub.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The privacy officer is told who may see what and why, and it is what happens. */
@QuarkusTest
class ExplainAccessTest {
  private static final String SCOPE = "system/*.cruds";

  @Test
  void a_relationship_decides() {
    var person = inCare();

    var answer = explain("Observation/" + person.result(), "hospital", SCOPE);

    assertThat(decision(answer)).isEqualTo("permit by relationship");
    assertThat(parts(answer, "relationship"))
        .anySatisfy(
            part ->
                assertThat(part)
                    .containsEntry("by", Clients.HOSPITAL)
                    .containsEntry("holds", "true"));
    assertThat(texts(answer, "scope")).containsExactly("system/*.cruds");
    assertThat(texts(answer, "owner")).containsExactly(Clients.FULING);
    hospital().get("/fhir/Observation/" + person.result()).then().statusCode(200);
  }

  @Test
  void the_lack_of_one_decides() {
    assertThat(decision(explain("Observation/" + known().result(), "hospital", SCOPE)))
        .isEqualTo("deny by relationship");
  }

  @Test
  void a_consent_decides_and_is_named() {
    var person = inCare();
    var consent = consent(person, "{\"type\":\"deny\",%s}".formatted(actor(HOSPITAL)));

    var answer = explain("Observation/" + person.result(), "hospital", SCOPE);

    assertThat(decision(answer)).isEqualTo("deny by consent");
    assertThat(parts(answer, "consent"))
        .containsExactly(
            Map.of(
                "source", "Consent/" + consent,
                "provision", "0",
                "depth", "0",
                "type", "deny",
                "applies", "true"));
    hospital().get("/fhir/Observation/" + person.result()).then().statusCode(403);
  }

  @Test
  void a_permit_of_a_patient_who_is_not_in_care_decides() {
    var person = known();
    consent(person, "{\"type\":\"permit\",%s}".formatted(actor(HOSPITAL)));

    assertThat(decision(explain("Observation/" + person.result(), "hospital", SCOPE)))
        .isEqualTo("permit by consent");
  }

  @Test
  void a_sensitive_category_decides() {
    var person = inCare();

    var answer = explain("Observation/" + person.hiv(), "hospital", SCOPE);

    assertThat(decision(answer)).isEqualTo("deny by sensitive");
    assertThat(texts(answer, "sensitive")).containsExactly("HIV");
  }

  @Test
  void a_scope_decides() {
    var person = inCare();
    var resource = "Observation/" + person.result();

    assertThat(decision(explain(resource, "hospital", "system/Patient.rs")))
        .isEqualTo("deny by scope");
    assertThat(decision(explain(resource, "hospital", "system/*.rs?category=vital-signs")))
        .isEqualTo("deny by scope");
    assertThat(decision(explain(resource, "hospital", "system/*.rs?category=laboratory")))
        .isEqualTo("permit by relationship");
  }

  @Test
  void a_role_decides() {
    assertThat(decision(explain("Observation/" + inCare().result(), "regulator", SCOPE)))
        .isEqualTo("deny by role");
  }

  @Test
  void whose_it_is_decides() {
    var person = inCare();

    assertThat(decision(explain("Patient/" + person.here(), "hospital", SCOPE)))
        .isEqualTo("permit by own");
  }

  @Test
  void going_past_the_rules_decides_for_the_clinician_who_did() {
    var person = known();
    clinician("dr-glass")
        .body(
            """
            {"resourceType":"Parameters","parameter":[{"name":"reason","valueString":"昏迷，无法取得同意"}]}""")
        .post("/fhir/Patient/" + person.here() + "/$break-glass")
        .then()
        .statusCode(200);
    var resource = "Observation/" + person.hiv();

    assertThat(decision(explain(resource, "clinician", SCOPE + "&subject=dr-glass")))
        .isEqualTo("permit by break-glass");
    assertThat(decision(explain(resource, "clinician", SCOPE + "&subject=dr-wu")))
        .isEqualTo("deny by sensitive");
  }

  @Test
  void what_is_not_there_is_said_to_be_so() {
    assertThat(decision(explain("Observation/" + Clients.randomId(), "hospital", SCOPE)))
        .isEqualTo("deny by absent");
  }

  @Test
  void nobody_else_is_told() {
    hospital()
        .get("/fhir/$explain-access?resource=Patient/1&scope=system/*.rs")
        .then()
        .statusCode(403);
  }

  private static JsonPath explain(String resource, String role, String scope) {
    var officer =
        Clients.with(
            TestIssuer.token("privacy-officer", null, "system/AuditEvent.rs", "privacy-officer"));
    var query =
        "resource=%s&role=%s&institution=%s&scope=%s"
            .formatted(
                resource,
                role,
                Clients.HOSPITAL,
                scope.replace("?", "%3F").replace("category=", "category%3D"));
    var answer = officer.get("/fhir/$explain-access?" + query);
    answer.then().statusCode(200);
    return answer.jsonPath();
  }

  private static String decision(JsonPath answer) {
    return texts(answer, "decision").get(0) + " by " + texts(answer, "decidedBy").get(0);
  }

  private static List<String> texts(JsonPath answer, String name) {
    return named(answer, name).stream().map(ExplainAccessTest::text).toList();
  }

  private static List<Map<String, String>> parts(JsonPath answer, String name) {
    return named(answer, name).stream()
        .map(
            parameter ->
                ((List<Map<String, Object>>) parameter.get("part"))
                    .stream()
                        .collect(
                            Collectors.toMap(
                                part -> (String) part.get("name"), ExplainAccessTest::text)))
        .toList();
  }

  private static List<Map<String, Object>> named(JsonPath answer, String name) {
    List<Map<String, Object>> all = answer.getList("parameter");
    return all.stream().filter(parameter -> name.equals(parameter.get("name"))).toList();
  }

  private static String text(Map<String, Object> parameter) {
    return parameter.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("value"))
        .map(entry -> String.valueOf(entry.getValue()))
        .findFirst()
        .orElseThrow();
  }
}
