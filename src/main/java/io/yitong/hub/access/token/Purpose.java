package io.yitong.hub.access.token;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Role;
import java.util.Optional;
import java.util.Set;

/** Purposes of use a caller may state: codes of HL7 v3 value set PurposeOfUse. */
public enum Purpose {
  /** Treatment. */
  TREAT,
  /** Emergency treatment. */
  ETREAT,
  /** Break the glass. */
  BTG,
  /** Coordination of care. */
  COC,
  /** The patient asked. */
  PATRQT,
  /** Public health. */
  PUBHLTH,
  /** Healthcare operations. */
  HOPERAT,
  /** Quality improvement. */
  HQUALIMP,
  /** Compliance, such as a privacy officer's review. */
  HCOMPL,
  /** System administration. */
  HSYSADMIN,
  /** Payment. */
  HPAYMT,
  /** Research. */
  HRESCH;

  static final String HEADER = "X-Purpose-Of-Use";

  static Purpose parse(String code) {
    try {
      return valueOf(code);
    } catch (IllegalArgumentException e) {
      throw new HubException(
          ErrorCode.PARAMETER_INVALID, HEADER, HEADER, "not a code of HL7 v3 PurposeOfUse");
    }
  }

  /** What a caller of these roles means when it does not say. */
  static Purpose usualFor(Set<Role> roles) {
    return roles.stream()
        .map(Purpose::usualFor)
        .flatMap(Optional::stream)
        .min(Enum::compareTo)
        .orElse(HOPERAT);
  }

  private static Optional<Purpose> usualFor(Role role) {
    return switch (role) {
      case HOSPITAL, CLINICIAN, PARTNER -> Optional.of(TREAT);
      case REGULATOR -> Optional.of(PUBHLTH);
      case QUALITY_BODY -> Optional.of(HQUALIMP);
      case PATIENT -> Optional.of(PATRQT);
      case PRIVACY_OFFICER -> Optional.of(HCOMPL);
      case OPERATOR -> Optional.of(HSYSADMIN);
      case HUB -> Optional.empty();
    };
  }
}
