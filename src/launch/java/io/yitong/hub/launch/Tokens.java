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

  /** Client credentials; a partner hub's client proves itself with its key instead of a secret. */
  public String of(Region realm, String client) {
    var fields = new HashMap<>(Map.of("grant_type", "client_credentials", "client_id", client));
    if (client.equals("hub-" + realm.other().code())) {
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

  /** The token endpoint of a realm. */
  URI endpoint(Region realm) {
    return URI.create(Keycloak.issuer(settings, realm) + "/protocol/openid-connect/token");
  }

  private String assertion(Region realm, String client) {
    var key = secrets.hubKey(realm.other());
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
