package io.yitong.hub.testing;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.yitong.hub.launch.LocalIssuer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An OIDC issuer for component tests: real discovery, real signatures, tokens made to order, asked
 * about by the hub and revoked. The scenario tests use Keycloak.
 */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {
  public static final String AUDIENCE = "yitong-chongqing";

  /** Argument: the issuer has an address but does not answer until {@link #comeUp}. */
  public static final String DOWN = "down";

  private static final Pattern CODE = Pattern.compile("(?:^|&)code=([^&]+)");
  private static final Map<String, String> CODES = new ConcurrentHashMap<>();

  private static LocalIssuer issuer;

  private boolean down;

  @Override
  public void init(Map<String, String> arguments) {
    down = arguments.containsKey(DOWN);
  }

  @Override
  public Map<String, String> start() {
    var secret = UUID.randomUUID().toString();
    issuer = new LocalIssuer();
    issuer.register(AUDIENCE, secret);
    issuer.serve("/token", TestIssuer::exchangeCode);
    if (!down) {
      comeUp();
    }
    return Map.of(
        "quarkus.oidc.auth-server-url",
        issuer.address(),
        "quarkus.oidc.token.audience",
        AUDIENCE,
        "quarkus.oidc.credentials.secret",
        secret);
  }

  /** Begins to answer; ends an outage. */
  public static void comeUp() {
    issuer.start();
  }

  /** Begins an outage. */
  public static void goDown() {
    issuer.stop();
  }

  @Override
  public void stop() {
    issuer.stop();
  }

  /** A token as a hospital's system holds it: {@code institution} is the urn, or null for none. */
  public static String token(String client, String institution, String scope, String... roles) {
    var claims = claims(client, scope, roles);
    if (institution != null) {
      claims.claim("institution", institution);
    }
    return sign(claims.build());
  }

  /** Claims to be changed before {@link #sign}. */
  public static JWTClaimsSet.Builder claims(String client, String scope, String... roles) {
    return issuer.claims(client, AUDIENCE, scope, roles);
  }

  /** What the issuer publishes of its key. */
  public static RSAKey publicKey() {
    return issuer.publicKey();
  }

  public static String sign(JWTClaimsSet claims) {
    return issuer.sign(claims);
  }

  /** As if its holder had revoked it (RFC 7009), or its session had been ended. */
  public static void revoke(String token) {
    issuer.revoke(token);
  }

  /** How often the hub asked about it. */
  public static int questionsAbout(String token) {
    return issuer.questionsAbout(token);
  }

  /** An authorization code, good for one exchange, as a person gets it who signed in. */
  public static String code(String idToken, String accessToken) {
    var code = UUID.randomUUID().toString();
    CODES.put(
        code,
        """
        {"id_token":"%s","access_token":"%s","token_type":"Bearer","expires_in":600}"""
            .formatted(idToken, accessToken));
    return code;
  }

  private static void exchangeCode(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var code = CODE.matcher(form);
    var tokens = code.find() ? CODES.remove(code.group(1)) : null;
    if (tokens == null) {
      LocalIssuer.answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    } else {
      LocalIssuer.answer(exchange, 200, tokens);
    }
  }
}
