package io.yitong.hub.access.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.json.ResourceJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadConsentTest {
  private static final InstitutionId HOSPITAL =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");
  private static final String TO_HOSPITAL =
      """
      "actor":[{"role":{"coding":[{"code":"IRCP"}]},"reference":{"reference":"Organization/500106-university-hospital"}}]""";

  @Test
  void a_plain_permit_holds_for_whoever_and_whatever() {
    assertThat(rules("{\"type\":\"permit\"}"))
        .containsExactly(
            new ConsentRule(
                0,
                true,
                Optional.empty(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                new DateRange(DateRange.START, DateRange.END)));
  }

  @Test
  void it_says_for_whom_what_for_and_what_of() {
    var rule =
        rules(
                """
                {"type":"deny",%s,
                 "purpose":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HRESCH"}],
                 "class":[{"system":"http://hl7.org/fhir/resource-types","code":"Observation"}],
                 "code":[{"coding":[{"code":"laboratory"}]}],
                 "securityLabel":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"HIV"}]}"""
                    .formatted(TO_HOSPITAL))
            .get(0);

    assertThat(rule.permit()).isFalse();
    assertThat(rule.institution()).contains(HOSPITAL);
    assertThat(rule.purposes()).containsExactly("HRESCH");
    assertThat(rule.types()).containsExactly(ResourceType.Observation);
    assertThat(rule.categories()).containsExactly("laboratory");
    assertThat(rule.sensitivities()).containsExactly("HIV");
  }

  @Test
  void a_period_ends_with_the_day_it_names() {
    var rule =
        rules("{\"type\":\"permit\",\"period\":{\"start\":\"2026-01-01\",\"end\":\"2026-01-31\"}}")
            .get(0);

    assertThat(rule.when())
        .isEqualTo(
            new DateRange(
                Instant.parse("2025-12-31T16:00:00Z"), Instant.parse("2026-01-31T16:00:00Z")));
  }

  @Test
  void an_exception_lies_within_what_it_is_an_exception_to() {
    var rules =
        rules(
            """
            {"type":"permit",%s,"provision":[
              {"type":"deny","class":[{"code":"Condition"}]},
              {"type":"deny","actor":[{"role":{"coding":[{"code":"IRCP"}]},
                "reference":{"reference":"Organization/500102-fuling-hospital"}}]}]}"""
                .formatted(TO_HOSPITAL));

    assertThat(rules).extracting(ConsentRule::depth).containsExactly(0, 1);
    assertThat(rules.get(1).institution()).contains(HOSPITAL);
    assertThat(rules.get(1).types()).containsExactly(ResourceType.Condition);
    assertThat(rules.get(1).permit()).isFalse();
  }

  @Test
  void one_rule_for_each_institution_named() {
    var rules =
        rules(
            """
            {"type":"permit","actor":[
              {"role":{"coding":[{"code":"IRCP"}]},"reference":{"reference":"Organization/500106-university-hospital"}},
              {"role":{"coding":[{"code":"IRCP"}]},"reference":{"identifier":{"system":"urn:ietf:rfc:3986",
                "value":"urn:yitong:institution:500102-fuling-hospital"}}}]}""");

    assertThat(rules)
        .extracting(rule -> rule.institution().orElseThrow().name())
        .containsExactlyInAnyOrder("500106-university-hospital", "500102-fuling-hospital");
  }

  @Test
  void a_consent_that_was_withdrawn_or_is_about_something_else_says_nothing() {
    assertThat(rules("inactive", "patient-privacy", "{\"type\":\"permit\"}")).isEmpty();
    assertThat(rules("active", "treatment", "{\"type\":\"permit\"}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"class\":[{\"code\":\"Observation\"}]}",
        "{\"type\":\"permit\",\"dataPeriod\":{\"start\":\"2026-01-01\"}}",
        "{\"type\":\"permit\",\"data\":[{\"meaning\":\"instance\",\"reference\":{\"reference\":\"Observation/1\"}}]}",
        "{\"type\":\"permit\",\"actor\":[{\"role\":{\"text\":\"x\"},\"reference\":{\"reference\":\"Practitioner/1\"}}]}",
        "{\"type\":\"permit\",\"action\":[{\"coding\":[{\"code\":\"correct\"}]}]}",
        "{\"type\":\"permit\",\"securityLabel\":[{\"code\":\"UNKNOWN\"}]}",
        "{\"type\":\"permit\",\"class\":[{\"code\":\"Laboratory\"}]}",
        "{\"type\":\"permit\",\"class\":[{\"system\":\"urn:x\",\"code\":\"Observation\"}]}",
        "{\"type\":\"permit\",\"code\":[{\"text\":\"血\"}]}",
        "{\"type\":\"permit\",\"provision\":[{\"class\":[{\"code\":\"Condition\"}]}]}"
      })
  void what_cannot_be_enforced_is_refused_by_name(String provision) {
    assertThatThrownBy(() -> rules(provision))
        .isInstanceOfSatisfying(
            HubException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.CONSENT_NOT_ENFORCEABLE);
              assertThat(refusal.where()).startsWith("Consent.provision");
            });
  }

  @Test
  void where_its_own_provision_does_not_say_the_policy_does() {
    var json =
        """
        {"resourceType":"Consent","status":"active","scope":{"coding":[{"code":"patient-privacy"}]},
         "category":[{"text":"x"}],"patient":{"reference":"Patient/1"},
         "policyRule":{"coding":[{"code":"OPTOUT"}]},
         "provision":{"period":{"start":"2026-01-01"},"provision":[{"type":"permit","class":[{"code":"Patient"}]}]}}""";

    var rules = ReadConsent.rules(ResourceJson.read(json.getBytes(StandardCharsets.UTF_8)).root());

    assertThat(rules).extracting(ConsentRule::permit).containsExactly(false, true);
  }

  @Test
  void an_active_one_that_says_nothing_is_refused() {
    assertThatThrownBy(() -> rules("active", "patient-privacy", ""))
        .isInstanceOf(HubException.class);
  }

  private static List<ConsentRule> rules(String provision) {
    return rules("active", "patient-privacy", provision);
  }

  private static List<ConsentRule> rules(String status, String scope, String provision) {
    var json =
        """
        {"resourceType":"Consent","status":"%s","scope":{"coding":[{"code":"%s"}]},
         "category":[{"text":"x"}],"patient":{"reference":"Patient/1"},"policyRule":{"text":"y"}%s}"""
            .formatted(status, scope, provision.isEmpty() ? "" : ",\"provision\":" + provision);
    return ReadConsent.rules(ResourceJson.read(json.getBytes(StandardCharsets.UTF_8)).root());
  }
}
