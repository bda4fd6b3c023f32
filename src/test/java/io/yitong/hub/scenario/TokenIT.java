package io.yitong.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Tokens of a real Keycloak, and what becomes of them when it takes them back. */
class TokenIT {
  private static final Region HERE = Region.CHONGQING;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static final ScenarioStack SCENARIO = ScenarioStack.get();
  private static final Tokens TOKENS = SCENARIO.stack().tokens();

  @Test
  void a_hospitals_system_proves_itself_by_its_key_and_gets_the_scopes_it_asks_for() {
    var narrow = TOKENS.of(HERE, "chongqing-emr", "system/Patient.rs");

    assertThat(claims(narrow).get("scope").asText()).isEqualTo("system/Patient.rs");
    assertThat(ask("Patient?_count=1", narrow).status()).isEqualTo(200);
    assertThat(ask("Observation?_count=1", narrow).status()).isEqualTo(403);
    var wide = TOKENS.of(HERE, "chongqing-emr", "system/*.rs");
    assertThat(ask("Observation?_count=1", wide).status()).isEqualTo(200);
  }

  @Test
  void a_scope_with_a_restriction_is_a_scope_keycloak_gives() {
    var laboratory =
        "system/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

    var token = TOKENS.of(HERE, "chongqing-emr", laboratory);

    assertThat(claims(token).get("scope").asText()).isEqualTo(laboratory);
  }

  @Test
  void a_token_of_the_other_regions_realm_is_none_here() {
    assertThat(ask("Patient?_count=1", TOKENS.of(Region.LINSHUI, "linshui-his")).status())
        .isEqualTo(401);
    assertThat(ask("Patient?_count=1", TOKENS.of(HERE, "chongqing-his")).status()).isEqualTo(200);
  }

  @Test
  void a_revoked_token_is_refused_within_30_seconds_and_another_of_the_client_is_not() {
    var revoked = TOKENS.of(HERE, "chongqing-his");
    var other = TOKENS.of(HERE, "chongqing-his");
    assertThat(ask("Patient?_count=1", revoked).status()).isEqualTo(200);
    assertThat(ask("Patient?_count=1", other).status()).isEqualTo(200);

    TOKENS.revoke(HERE, "chongqing-his", revoked);

    refusedInTime(revoked);
    assertThat(ask("Patient?_count=1", other).status()).isEqualTo(200);
  }

  @Test
  void the_tokens_of_a_client_that_was_disabled_are_refused_within_30_seconds() {
    var token = TOKENS.of(HERE, "fuling-his");
    assertThat(ask("Patient?_count=1", token).status()).isEqualTo(200);
    var client = clientId("fuling-his");

    administer("PUT", "/clients/" + client, "{\"clientId\":\"fuling-his\",\"enabled\":false}");
    try {
      refusedInTime(token);
    } finally {
      administer("PUT", "/clients/" + client, "{\"clientId\":\"fuling-his\",\"enabled\":true}");
    }
  }

  @Test
  void tokens_from_before_a_clients_not_before_are_refused_within_30_seconds() {
    var old = TOKENS.of(HERE, "fuling-his");
    assertThat(ask("Patient?_count=1", old).status()).isEqualTo(200);
    var client = clientId("fuling-his");

    administer(
        "PUT",
        "/clients/" + client,
        "{\"clientId\":\"fuling-his\",\"notBefore\":%d}"
            .formatted(Instant.now().getEpochSecond() + 1));

    refusedInTime(old);
    await()
        .untilAsserted(
            () ->
                assertThat(ask("Patient?_count=1", TOKENS.of(HERE, "fuling-his")).status())
                    .isEqualTo(200));
  }

  @Test
  void a_doctor_signs_in_to_an_app_and_out_of_all_again() {
    var given =
        new SignIn(SCENARIO, HERE).to("yitong-clinical-app", HERE, "doctor", "openid user/*.rs");
    var token = given.get("access_token").asText();
    assertThat(ask("Patient?_count=1", token).status()).isEqualTo(200);

    assertThat(ask("Patient?_count=1", given.get("id_token").asText()).status()).isEqualTo(401);
    assertThat(ask("Patient?_count=1", given.get("refresh_token").asText()).status())
        .isEqualTo(401);

    administer("DELETE", "/sessions/" + claims(token).get("sid").asText(), null);

    refusedInTime(token);
  }

  @Test
  void a_patients_token_says_whose_record_it_is() {
    var given =
        new SignIn(SCENARIO, HERE).to("yitong-patient-app", HERE, "patient", "openid patient/*.rs");
    var token = given.get("access_token").asText();

    assertThat(claims(token).get("patient").asText()).isEqualTo("demo-patient");
    assertThat(claims(token).get("scope").asText()).contains("patient/*.rs");
    assertThat(ask("Patient?_count=1", token).status()).isNotEqualTo(401);
  }

  @Test
  void what_the_hub_says_of_its_issuer_is_what_the_issuer_says() {
    var smart =
        SCENARIO
            .stack()
            .http()
            .get(SCENARIO.hub(HERE).resolve("/.well-known/smart-configuration"), null)
            .json();

    assertThat(smart.get("token_endpoint").asText()).isEqualTo(TOKENS.endpoint(HERE).toString());
    assertThat(smart.get("scopes_supported"))
        .extracting(JsonNode::asText)
        .contains("system/*.cruds", "patient/*.rs", "user/DiagnosticReport.cruds");
    assertThat(smart.get("introspection_endpoint").asText()).endsWith("/token/introspect");
    assertThat(smart.get("revocation_endpoint").asText()).endsWith("/revoke");
  }

  private static void refusedInTime(String token) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(ask("Patient?_count=1", token).status()).isEqualTo(401));
  }

  private static Http.Answer ask(String what, String token) {
    return SCENARIO.stack().http().get(SCENARIO.hub(HERE).resolve("/fhir/" + what), token);
  }

  private static String clientId(String name) {
    return TOKENS
        .administer("GET", HERE, "/clients?clientId=" + name, null)
        .json()
        .get(0)
        .get("id")
        .asText();
  }

  private static void administer(String method, String path, String json) {
    var answer = TOKENS.administer(method, HERE, path, json);
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
  }

  private static JsonNode claims(String token) {
    var body = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
    return new Http.Answer(200, new String(body, StandardCharsets.UTF_8)).json();
  }
}
