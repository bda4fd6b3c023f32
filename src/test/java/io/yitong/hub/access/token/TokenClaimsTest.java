package io.yitong.hub.access.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TokenClaimsTest {
  private static final String URN = "urn:yitong:institution:500106-university-hospital";
  private static final CorrelationId CORRELATION = new CorrelationId("c-1");
  private static final Optional<Purpose> NONE = Optional.empty();
  private static final Optional<String> NONE_SAID = Optional.empty();

  @Test
  void the_caller_is_what_the_token_says() {
    var caller =
        new TokenClaims(
                Optional.of("chongqing-his"),
                "service-account",
                Optional.of(URN),
                List.of("hospital", "offline_access"),
                "openid system/*.cruds",
                Optional.empty())
            .bearer()
            .caller(Optional.empty(), CORRELATION);

    assertThat(caller.client()).isEqualTo("chongqing-his");
    assertThat(caller.subject()).isEqualTo("service-account");
    assertThat(caller.institution()).contains(new InstitutionId(URN));
    assertThat(caller.roles()).containsExactly(Role.HOSPITAL);
    assertThat(caller.purpose()).isEqualTo("TREAT");
    assertThat(caller.correlation()).isEqualTo(CORRELATION);
  }

  @Test
  void the_stated_purpose_goes_before_the_usual_one() {
    var caller = claims(URN, "clinician").bearer().caller(Optional.of(Purpose.ETREAT), CORRELATION);

    assertThat(caller.purpose()).isEqualTo("ETREAT");
  }

  @Test
  void every_role_has_its_usual_purpose() {
    assertThat(purposeOf("regulator")).isEqualTo("PUBHLTH");
    assertThat(purposeOf("privacy-officer")).isEqualTo("HCOMPL");
    assertThat(purposeOf("operator")).isEqualTo("HSYSADMIN");
    assertThat(purposeOf("quality-body")).isEqualTo("HQUALIMP");
    assertThat(purposeOf("partner")).isEqualTo("TREAT");
  }

  @Test
  void a_purpose_that_is_none_is_refused() {
    refused(ErrorCode.PARAMETER_INVALID, () -> Purpose.parse("CURIOSITY"));
  }

  @Test
  void no_token_makes_its_bearer_the_hub() {
    refused(
        ErrorCode.NOT_PERMITTED,
        () -> claims(URN, "hub").bearer().caller(Optional.empty(), CORRELATION));
  }

  @Test
  void a_token_without_a_known_role_a_client_or_a_real_institution_is_refused() {
    var noRole = claims(URN, "HOSPITAL", "uma_authorization");
    var noClient =
        new TokenClaims(
            Optional.empty(), "x", Optional.of(URN), List.of("hospital"), "", Optional.empty());
    var noInstitution = claims("urn:yitong:institution:somewhere", "hospital");

    for (var claims : List.of(noRole, noClient, noInstitution)) {
      refused(ErrorCode.NOT_PERMITTED, () -> claims.bearer().caller(Optional.empty(), CORRELATION));
    }
  }

  @Test
  void a_patient_is_somebody_only_with_the_id_of_a_record() {
    var patient = claimsOf(Optional.of("p-1"), "patient").bearer().caller(NONE, CORRELATION);
    assertThat(patient.patient()).contains("p-1");
    assertThat(patient.roles()).containsExactly(Role.PATIENT);
    assertThat(patient.purpose()).isEqualTo("PATRQT");

    refused(
        ErrorCode.NOT_PERMITTED,
        () -> claimsOf(NONE_SAID, "patient").bearer().caller(NONE, CORRELATION));
    for (var noId : List.of("", "Patient/p-1", "p 1", "x".repeat(65), "p\n1")) {
      refused(
          ErrorCode.NOT_PERMITTED,
          () -> claimsOf(Optional.of(noId), "patient").bearer().caller(NONE, CORRELATION));
    }
  }

  @Test
  void a_clinician_who_is_a_patient_too_is_a_clinician_where_no_record_is_named() {
    var doctor = claimsOf(NONE_SAID, "patient", "clinician").bearer().caller(NONE, CORRELATION);

    assertThat(doctor.roles()).containsExactly(Role.CLINICIAN);
    assertThat(doctor.patient()).isEmpty();
  }

  @Test
  void a_correlation_id_unfit_for_a_log_line_is_replaced() {
    assertThat(Correlation.of("abc-1.2:3").value()).isEqualTo("abc-1.2:3");
    for (var bad : List.of("", "a b", "a\nb", "x".repeat(65))) {
      assertThat(Correlation.of(bad).value()).matches("[0-9a-f-]{36}");
    }
    assertThat(Correlation.of(null).value()).matches("[0-9a-f-]{36}");
  }

  private static String purposeOf(String role) {
    return claims(URN, role).bearer().caller(Optional.empty(), CORRELATION).purpose();
  }

  private static TokenClaims claimsOf(Optional<String> patient, String... roles) {
    return new TokenClaims(
        Optional.of("client"),
        "subject",
        Optional.empty(),
        List.of(roles),
        "patient/*.rs",
        patient);
  }

  private static TokenClaims claims(String institution, String... roles) {
    return new TokenClaims(
        Optional.of("client"),
        "subject",
        Optional.of(institution),
        List.of(roles),
        "system/*.rs",
        Optional.empty());
  }

  private static void refused(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(HubException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
