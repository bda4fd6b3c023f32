package io.yitong.hub.access.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.json.ResourceJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadCareTest {
  private static final InstitutionId OWNER =
      new InstitutionId("urn:yitong:institution:500106-university-hospital");
  private static final InstitutionId OTHER =
      new InstitutionId("urn:yitong:institution:500102-fuling-hospital");
  private static final Instant WRITTEN = Instant.parse("2026-03-01T02:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"arrived", "triaged", "in-progress", "onleave"})
  void an_open_visit_puts_a_patient_in_care_until_it_ends(String status) {
    assertThat(of(visit(status, ""))).contains(new CareGround(OWNER, Instant.MAX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"planned", "cancelled", "entered-in-error", "unknown"})
  void one_that_has_not_begun_or_never_took_place_does_not(String status) {
    assertThat(of(visit(status, ""))).isEmpty();
  }

  @Test
  void a_visit_that_is_over_is_followed_up_for_as_long_as_the_region_says() {
    var over = visit("finished", "\"period\":{\"end\":\"2026-02-28T10:00:00+08:00\"},");
    var end = Instant.parse("2026-02-28T02:00:01Z");

    assertThat(of(over)).contains(new CareGround(OWNER, end));
    assertThat(of(over, Duration.ofDays(30)))
        .contains(new CareGround(OWNER, end.plus(Duration.ofDays(30))));
    assertThat(of(visit("finished", ""))).contains(new CareGround(OWNER, WRITTEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"accepted", "in-progress", "on-hold"})
  void an_accepted_consultation_opens_to_whom_it_is_asked_of(String status) {
    assertThat(of(task(status, "consultation", OTHER)))
        .contains(new CareGround(OTHER, Instant.MAX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"requested", "received", "rejected", "completed", "cancelled"})
  void one_that_is_not_accepted_or_is_over_does_not(String status) {
    assertThat(of(task(status, "consultation", OTHER))).isEmpty();
  }

  @Test
  void a_task_of_another_kind_opens_nothing() {
    assertThat(of(task("accepted", "delivery", OTHER))).isEmpty();
  }

  @Test
  void nobody_opens_a_record_to_itself_by_a_task() {
    assertThat(of(task("accepted", "referral", OWNER))).isEmpty();
  }

  @Test
  void a_family_doctors_contract_holds_while_it_is_executed() {
    assertThat(of(contract("executed", "family-doctor")))
        .contains(new CareGround(OWNER, Instant.parse("2026-12-31T16:00:00Z")));
    assertThat(of(contract("terminated", "family-doctor"))).isEmpty();
    assertThat(of(contract("executed", "insurance"))).isEmpty();
  }

  private static String visit(String status, String more) {
    return """
    {"resourceType":"Encounter","status":"%s",%s"class":{"code":"AMB"},"subject":{"reference":"Patient/1"}}"""
        .formatted(status, more);
  }

  private static String task(String status, String kind, InstitutionId asked) {
    return """
    {"resourceType":"Task","status":"%s","intent":"order","code":{"coding":[{"system":"%s","code":"%s"}]},
     "for":{"reference":"Patient/1"},"owner":{"reference":"Organization/%s"}}"""
        .formatted(status, ReadCare.TASK_KINDS, kind, asked.name());
  }

  private static String contract(String status, String kind) {
    return """
    {"resourceType":"Contract","status":"%s","type":{"coding":[{"system":"%s","code":"%s"}]},
     "applies":{"start":"2026-01-01","end":"2026-12-31"},"subject":[{"reference":"Patient/1"}]}"""
        .formatted(status, ReadCare.CONTRACT_KINDS, kind);
  }

  private static Optional<CareGround> of(String json) {
    return of(json, Duration.ZERO);
  }

  private static Optional<CareGround> of(String json, Duration followUp) {
    var root = ResourceJson.read(json.getBytes(StandardCharsets.UTF_8)).root();
    return ReadCare.of(root, OWNER, WRITTEN, followUp);
  }
}
