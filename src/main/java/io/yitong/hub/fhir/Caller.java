package io.yitong.hub.fhir;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks, as established by {@code access} from a token, or by {@code feed} from the
 * institution's file.
 *
 * @param client the client or principal that speaks ({@code azp} of the token)
 * @param subject the person or service behind it ({@code sub}); equals {@code client} for a system
 * @param institution whose data it may write and on whose behalf it reads; empty for regulators and
 *     operators
 * @param purpose purpose of use, code of HL7 v3 PurposeOfUse, for example TREAT
 * @param patient FHIR id of the Patient in context (SMART App Launch 2.x, launch context): who a
 *     patient is, or whose record an app was opened for
 */
public record Caller(
    String client,
    String subject,
    Optional<InstitutionId> institution,
    Set<Role> roles,
    Scopes scopes,
    String purpose,
    CorrelationId correlation,
    Optional<String> patient) {

  public Caller {
    roles = Set.copyOf(roles);
  }

  /** One without a patient in context. */
  public Caller(
      String client,
      String subject,
      Optional<InstitutionId> institution,
      Set<Role> roles,
      Scopes scopes,
      String purpose,
      CorrelationId correlation) {
    this(client, subject, institution, roles, scopes, purpose, correlation, Optional.empty());
  }

  /** The hub's own work, such as prefetching; recorded under that name. */
  public static Caller hub(String task, CorrelationId correlation) {
    return new Caller(
        "hub:" + task,
        "hub:" + task,
        Optional.empty(),
        Set.of(Role.HUB),
        Scopes.all(),
        "HOPERAT",
        correlation);
  }

  public boolean is(Role role) {
    return roles.contains(role);
  }
}
