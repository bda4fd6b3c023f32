package io.yitong.hub.launch;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Access tokens of the demonstration's clients, from Keycloak. */
public final class Tokens {
  private final Settings settings;
  private final Secrets secrets;
  private final Http http;

  Tokens(Settings settings, Secrets secrets, Http http) {
    this.settings = settings;
    this.secrets = secrets;
    this.http = http;
  }

  /** Client credentials, with the scopes the client has by default. */
  public String of(Region realm, String client) {
    return of(realm, client, "");
  }

  /**
   * Client credentials; a partner hub's client, and that of an EMR, proves itself with its key
   * instead of a secret.
   *
   * @param scope optional scopes, parted by blanks; may be empty
   */
  public String of(Region realm, String client, String scope) {
    var fields = new HashMap<>(Map.of("grant_type", "client_credentials", "client_id", client));
    if (!scope.isEmpty()) {
      fields.put("scope", scope);
    }
    if (provesItselfByKey(realm, client)) {
      fields.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      fields.put("client_assertion", assertion(realm, client));
    } else {
      fields.put("client_secret", secrets.secret(realm.code() + "-" + client));
    }
    var answer = http.form(endpoint(realm), fields);
    if (answer.status() != 200) {
      throw new LaunchFailure(
          "Keycloak gave no token for %s in realm %s: HTTP %d %s"
              .formatted(client, realm.code(), answer.status(), answer.body()));
    }
    return answer.json().get("access_token").asText();
  }

  private static boolean provesItselfByKey(Region realm, String client) {
    return client.equals("hub-" + realm.other().code()) || client.equals(realm.code() + "-emr");
  }

  /** Ends what a token of the client is good for (RFC 7009). */
  public void revoke(Region realm, String client, String token) {
    var answer =
        http.form(
            URI.create(Keycloak.issuer(settings, realm) + "/protocol/openid-connect/revoke"),
            Map.of(
                "client_id",
                client,
                "client_secret",
                secrets.secret(realm.code() + "-" + client),
                "token",
                token));
    if (answer.status() != 200) {
      throw new LaunchFailure("Keycloak did not revoke: HTTP " + answer.status());
    }
  }

  /**
   * Asks Keycloak's administration for something, as its administrator.
   *
   * @param path below the realm's, for example {@code /clients?clientId=operator}
   * @param json null for none
   */
  public Http.Answer administer(String method, Region realm, String path, String json) {
    var server = "http://localhost:%d".formatted(settings.keycloakPort());
    var token =
        http.form(
            URI.create(server + "/realms/master/protocol/openid-connect/token"),
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                "admin",
                "password",
                secrets.password("keycloak-admin")));
    return http.send(
        method,
        URI.create("%s/admin/realms/%s%s".formatted(server, realm.code(), path)),
        token.json().get("access_token").asText(),
        json == null ? null : "application/json",
        json);
  }

  /** The token endpoint of a realm. */
  public URI endpoint(Region realm) {
    return URI.create(Keycloak.issuer(settings, realm) + "/protocol/openid-connect/token");
  }

  private String assertion(Region realm, String client) {
    var key = client.startsWith("hub-") ? secrets.hubKey(realm.other()) : secrets.clientKey(client);
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(client)
            .subject(client)
            .audience(endpoint(realm).toString())
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(60)))
            .build();
    try {
      var jwt =
          new SignedJWT(
              new JWSHeader.Builder(JWSAlgorithm.ES384).keyID(key.getKeyID()).build(), claims);
      jwt.sign(new ECDSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
