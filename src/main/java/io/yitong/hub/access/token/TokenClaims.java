package io.yitong.hub.access.token;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.yitong.hub.access.token.TenantSettings.Tenant;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a verified token says of its bearer, before it is believed to make sense.
 *
 * @param client {@code azp}, or {@code client_id} (RFC 9068)
 * @param institution the {@code institution} claim as it stands
 * @param roles {@code realm_access.roles}; those the hub does not know are of no meaning here
 * @param patient the {@code patient} claim (SMART App Launch 2.x, launch context)
 */
record TokenClaims(
    Optional<String> client,
    String subject,
    Optional<String> institution,
    Collection<String> roles,
    String scope,
    Optional<String> patient) {

  private static final Pattern FHIR_ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

  /** For the template of a caller; every request has its own. */
  private static final CorrelationId NONE = new CorrelationId("none");

  static TokenClaims of(JsonObject token) {
    return new TokenClaims(
        text(token, "azp").or(() -> text(token, "client_id")),
        text(token, "sub").orElse(""),
        text(token, "institution"),
        roles(token.getValue("realm_access")),
        text(token, "scope").orElse(""),
        text(token, "patient"));
  }

  private static Optional<String> text(JsonObject token, String name) {
    return Optional.ofNullable(token.getValue(name)).map(Object::toString);
  }

  private static List<String> roles(Object access) {
    return access instanceof JsonObject object
            && object.getValue("roles") instanceof JsonArray names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  /** As a token of the hub's own issuer says it. */
  Bearer bearer() {
    try {
      return new Bearer.Known(caller());
    } catch (HubException nobody) {
      return new Bearer.Stranger(client.orElse(Anonymous.NAME), subject);
    }
  }

  /**
   * As a token of another issuer says it: only for institutions and with roles that are that
   * issuer's to speak of, and under names that are no names of the hub's own issuer.
   */
  Bearer bearer(String tenant, Tenant limits) {
    var named =
        new TokenClaims(
            client.map(name -> tenant + ":" + name),
            tenant + ":" + subject,
            institution,
            roles.stream().filter(limits.roles()::contains).toList(),
            scope,
            patient);
    return institution.filter(limits.institutions()::contains).isPresent()
        ? named.bearer()
        : new Bearer.Stranger(named.client().orElse(tenant), named.subject());
  }

  /**
   * @throws HubException NOT_PERMITTED for a token that names no client, no role of this hub, or an
   *     institution or a patient that is none
   */
  private Caller caller() {
    var known = knownRoles();
    if (known.isEmpty()) {
      throw notPermitted();
    }
    return new Caller(
        client.orElseThrow(TokenClaims::notPermitted),
        subject,
        institution.map(TokenClaims::parse),
        known,
        Scopes.parse(scope),
        Purpose.usualFor(known).name(),
        NONE,
        patient.map(TokenClaims::patientId));
  }

  /** A patient of whom it is not said who it is may see nobody's record, so is none. */
  private Set<Role> knownRoles() {
    return roles.stream()
        .map(Role::granted)
        .flatMap(Optional::stream)
        .filter(role -> role != Role.PATIENT || patient.isPresent())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String patientId(String id) {
    if (!FHIR_ID.matcher(id).matches()) {
      throw notPermitted();
    }
    return id;
  }

  private static InstitutionId parse(String urn) {
    try {
      return new InstitutionId(urn);
    } catch (IllegalArgumentException e) {
      throw notPermitted();
    }
  }

  private static HubException notPermitted() {
    return new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
