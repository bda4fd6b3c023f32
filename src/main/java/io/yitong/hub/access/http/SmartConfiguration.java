package io.yitong.hub.access.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.oidc.OidcConfigurationMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an app must know to be let in (SMART App Launch 2.x, conformance), taken from the issuer in
 * use; nothing is claimed that issuer and hub do not do.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SmartConfiguration(
    @JsonProperty("issuer") String issuer,
    @JsonProperty("jwks_uri") String jwksUri,
    @JsonProperty("authorization_endpoint") String authorizationEndpoint,
    @JsonProperty("token_endpoint") String tokenEndpoint,
    @JsonProperty("introspection_endpoint") String introspectionEndpoint,
    @JsonProperty("revocation_endpoint") String revocationEndpoint,
    @JsonProperty("grant_types_supported") List<String> grantTypes,
    @JsonProperty("response_types_supported") List<String> responseTypes,
    @JsonProperty("token_endpoint_auth_methods_supported") List<String> clientAuthentication,
    @JsonProperty("token_endpoint_auth_signing_alg_values_supported")
        List<String> clientAuthenticationAlgorithms,
    @JsonProperty("code_challenge_methods_supported") List<String> codeChallenges,
    @JsonProperty("scopes_supported") List<String> scopes,
    @JsonProperty("capabilities") List<String> capabilities) {

  private static final String AUTH_METHODS = "token_endpoint_auth_methods_supported";
  private static final String AUTH_ALGORITHMS = "token_endpoint_auth_signing_alg_values_supported";
  private static final String BY_KEY = "private_key_jwt";
  private static final String BY_SECRET = "client_secret_basic";
  private static final String CODE = "authorization_code";
  private static final String CODE_CHALLENGE = "S256";

  /** SMART App Launch 2.x, FHIR resource scopes; with a restriction or without. */
  private static final Pattern CLINICAL =
      Pattern.compile(
          "(?:system|user|patient)/(?:\\*|[A-Z][A-Za-z]+)\\.(?!$|\\?)c?r?u?d?s?(?:\\?.+)?");

  private static final Set<String> OTHERS = Set.of("openid", "profile");

  static SmartConfiguration of(OidcConfigurationMetadata issuer) {
    var grants =
        list(issuer, "grant_types_supported").stream()
            .filter(List.of(CODE, "client_credentials")::contains)
            .toList();
    var authentication =
        list(issuer, AUTH_METHODS).stream().filter(List.of(BY_KEY, BY_SECRET)::contains).toList();
    return new SmartConfiguration(
        issuer.getIssuer(),
        issuer.getJsonWebKeySetUri(),
        issuer.getAuthorizationUri(),
        issuer.getTokenUri(),
        issuer.getIntrospectionUri(),
        issuer.getRevocationUri(),
        grants,
        grants.contains(CODE) ? List.of("code") : List.of(),
        authentication,
        list(issuer, AUTH_ALGORITHMS),
        list(issuer, "code_challenge_methods_supported").stream()
            .filter(CODE_CHALLENGE::equals)
            .toList(),
        list(issuer, "scopes_supported").stream()
            .filter(scope -> OTHERS.contains(scope) || CLINICAL.matcher(scope).matches())
            .sorted()
            .toList(),
        capabilities(grants, authentication));
  }

  private static List<String> capabilities(List<String> grants, List<String> authentication) {
    return Stream.of(
            Optional.of("client-confidential-asymmetric")
                .filter(capability -> authentication.contains(BY_KEY)),
            Optional.of("client-confidential-symmetric")
                .filter(capability -> authentication.contains(BY_SECRET)),
            Optional.of("permission-patient").filter(capability -> grants.contains(CODE)),
            Optional.of("permission-user").filter(capability -> grants.contains(CODE)),
            Optional.of("permission-v2"))
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<String> list(OidcConfigurationMetadata issuer, String name) {
    return issuer.contains(name) ? issuer.getStringList(name) : List.of();
  }
}
