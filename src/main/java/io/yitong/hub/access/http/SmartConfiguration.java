package io.yitong.hub.access.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.oidc.OidcConfigurationMetadata;
import java.util.List;

/**
 * What an app must know to be let in (SMART App Launch 2.x, conformance), taken from the issuer in
 * use; nothing is claimed that the hub does not enforce.
 */
record SmartConfiguration(
    @JsonProperty("issuer") String issuer,
    @JsonProperty("jwks_uri") String jwksUri,
    @JsonProperty("authorization_endpoint") String authorizationEndpoint,
    @JsonProperty("token_endpoint") String tokenEndpoint,
    @JsonProperty("grant_types_supported") List<String> grantTypes,
    @JsonProperty("token_endpoint_auth_methods_supported") List<String> clientAuthentication,
    @JsonProperty("token_endpoint_auth_signing_alg_values_supported")
        List<String> clientAuthenticationAlgorithms,
    @JsonProperty("code_challenge_methods_supported") List<String> codeChallenges,
    @JsonProperty("scopes_supported") List<String> scopes,
    @JsonProperty("capabilities") List<String> capabilities) {

  private static final String AUTH_METHODS = "token_endpoint_auth_methods_supported";
  private static final String AUTH_ALGORITHMS = "token_endpoint_auth_signing_alg_values_supported";

  static SmartConfiguration of(OidcConfigurationMetadata issuer) {
    return new SmartConfiguration(
        issuer.getIssuer(),
        issuer.getJsonWebKeySetUri(),
        issuer.getAuthorizationUri(),
        issuer.getTokenUri(),
        list(issuer, "grant_types_supported").stream()
            .filter(List.of("authorization_code", "client_credentials")::contains)
            .toList(),
        list(issuer, AUTH_METHODS),
        list(issuer, AUTH_ALGORITHMS),
        List.of("S256"),
        List.of("system/*.cruds", "user/*.cruds"),
        List.of("client-confidential-asymmetric", "permission-user", "permission-v2"));
  }

  private static List<String> list(OidcConfigurationMetadata issuer, String name) {
    return issuer.contains(name) ? issuer.getStringList(name) : List.of();
  }
}
