package io.yitong.hub.fhir;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller is to the hub; a realm role of the same name in lower case with hyphens. */
public enum Role {
  /** A hospital's own system (HIS, LIS). */
  HOSPITAL,
  /** A doctor or nurse, through the console or a clinical system. */
  CLINICIAN,
  /** A health authority: aggregates, never a named person. */
  REGULATOR,
  /** The hub of another region. */
  PARTNER,
  /** Runs the feeds of this hub. */
  OPERATOR,
  /** Publishes external quality assessment results. */
  QUALITY_BODY,
  /** Reads the audit, and has access explained. */
  PRIVACY_OFFICER,
  /** A person, for the record of their own. */
  PATIENT,
  /** The hub itself, for work that no outside caller asked for. */
  HUB;

  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@link #HUB} is never granted by a token. */
  public static Optional<Role> granted(String code) {
    return Arrays.stream(values()).filter(r -> r != HUB && r.code().equals(code)).findFirst();
  }
}
