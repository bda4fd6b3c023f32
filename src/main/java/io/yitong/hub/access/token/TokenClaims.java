package io.yitong.hub.access.token;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a verified token says of its bearer, before it is believed to make sense.
 *
 * @param client {@code azp}
 * @param institution the {@code institution} claim as it stands
 * @param roles {@code realm_access.roles}; those the hub does not know are of no meaning here
 */
record TokenClaims(
    Optional<String> client,
    String subject,
    Optional<String> institution,
    Collection<String> roles,
    String scope) {

  /**
   * @param purpose as asked for by the request
   * @throws HubException NOT_PERMITTED for a token that names no client, no role of this hub or an
   *     institution that is none
   */
  Caller caller(Optional<Purpose> purpose, CorrelationId correlation) {
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
        purpose.orElseGet(() -> Purpose.usualFor(known)).name(),
        correlation);
  }

  private Set<Role> knownRoles() {
    return roles.stream()
        .map(Role::granted)
        .flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
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
