package io.yitong.hub.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * An OIDC issuer for component tests: real discovery, real signatures, tokens made to order. The
 * scenario tests use Keycloak.
 */
public final class TestIssuer implements QuarkusTestResourceLifecycleManager {
  public static final String AUDIENCE = "yitong-chongqing";

  /** Argument: the issuer has an address but does not answer until {@link #comeUp}. */
  public static final String DOWN = "down";

  private static final Pattern CODE = Pattern.compile("(?:^|&)code=([^&]+)");
  private static final Map<String, String> CODES = new ConcurrentHashMap<>();

  private static RSAKey key;
  private static String issuer;
  private static HttpServer server;

  private boolean down;

  @Override
  public void init(Map<String, String> arguments) {
    down = arguments.containsKey(DOWN);
  }

  @Override
  public Map<String, String> start() {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      key = new RSAKeyGenerator(2048).keyID("test").generate();
      issuer = "http://localhost:" + free.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    if (!down) {
      comeUp();
    }
    return Map.of("quarkus.oidc.auth-server-url", issuer, "quarkus.oidc.token.audience", AUDIENCE);
  }

  /** Begins to answer; ends an outage that the issuer was started with. */
  public static void comeUp() {
    try {
      var port = URI.create(issuer).getPort();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    serve(
        "/.well-known/openid-configuration",
        """
        {"issuer":"%1$s","jwks_uri":"%1$s/jwks","token_endpoint":"%1$s/token",
         "authorization_endpoint":"%1$s/auth","end_session_endpoint":"%1$s/logout",
         "response_types_supported":["code"],
         "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}"""
            .formatted(issuer));
    serve("/jwks", new JWKSet(key.toPublicJWK()).toString());
    server.createContext("/token", TestIssuer::exchangeCode);
    server.start();
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
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
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .audience(AUDIENCE)
        .subject(client)
        .jwtID(UUID.randomUUID().toString())
        .issueTime(new Date())
        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
        .claim("azp", client)
        .claim("typ", "Bearer")
        .claim("scope", scope)
        .claim("realm_access", Map.of("roles", List.of(roles)));
  }

  /** What the issuer publishes of its key. */
  public static RSAKey publicKey() {
    return key.toPublicJWK();
  }

  public static String sign(JWTClaimsSet claims) {
    try {
      var jwt =
          new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
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
      answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
    } else {
      answer(exchange, 200, tokens);
    }
  }

  private static void serve(String path, String json) {
    server.createContext(path, exchange -> answer(exchange, 200, json));
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
