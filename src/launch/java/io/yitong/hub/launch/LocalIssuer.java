package io.yitong.hub.launch;

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
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small OIDC issuer on the loopback interface, for benchmarks and component tests: real
 * discovery, real signatures (RS256), tokens made to order, introspection (RFC 7662) and
 * revocation. The installation itself has Keycloak.
 */
public final class LocalIssuer implements AutoCloseable {
  private static final String KEY = "test";

  private final String address;
  private final int port;
  private final RSAKey key;
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> questions = new ConcurrentHashMap<>();
  private final Map<String, HttpHandler> further = new TreeMap<>();
  private final Set<String> clients = ConcurrentHashMap.newKeySet();
  private HttpServer server;

  /** On a free port; silent until {@link #start}. */
  public LocalIssuer() {
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
      address = "http://localhost:" + port;
      key = new RSAKeyGenerator(2048).keyID(KEY).generate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its {@code iss}. */
  public String address() {
    return address;
  }

  /** What it publishes of its key. */
  public RSAKey publicKey() {
    return key.toPublicJWK();
  }

  /** A further page, answered as the handler says. */
  public void serve(String path, HttpHandler handler) {
    further.put(path, handler);
  }

  /** A client that may ask about tokens, by its secret. */
  public void register(String client, String secret) {
    clients.add(
        "Basic "
            + Base64.getEncoder()
                .encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8)));
  }

  /** Begins to answer. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page(
        "/.well-known/openid-configuration",
        """
        {"issuer":"%1$s","jwks_uri":"%1$s/jwks","token_endpoint":"%1$s/token",
         "authorization_endpoint":"%1$s/auth","end_session_endpoint":"%1$s/logout",
         "introspection_endpoint":"%1$s/introspect","revocation_endpoint":"%1$s/revoke",
         "response_types_supported":["code"],"grant_types_supported":["authorization_code","client_credentials","password"],
         "code_challenge_methods_supported":["plain","S256"],
         "token_endpoint_auth_methods_supported":["private_key_jwt","client_secret_basic"],
         "token_endpoint_auth_signing_alg_values_supported":["RS384","ES384"],
         "scopes_supported":["openid","offline_access","system/*.cruds","patient/Observation.rs","system/Observation.x"],
         "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}"""
            .formatted(address));
    page("/jwks", new JWKSet(key.toPublicJWK()).toString());
    server.createContext("/introspect", this::introspect);
    further.forEach(server::createContext);
    server.start();
  }

  /** Answers no more, until {@link #start}. */
  public synchronized void stop() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** Claims to be changed before {@link #sign}; good for ten minutes. */
  public JWTClaimsSet.Builder claims(
      String client, String audience, String scope, String... roles) {
    return new JWTClaimsSet.Builder()
        .issuer(address)
        .audience(audience)
        .subject(client)
        .jwtID(UUID.randomUUID().toString())
        .issueTime(new Date())
        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
        .claim("azp", client)
        .claim("typ", "Bearer")
        .claim("scope", scope)
        .claim("realm_access", Map.of("roles", List.of(roles)));
  }

  public String sign(JWTClaimsSet claims) {
    try {
      var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(KEY).build(), claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** From now on it is inactive here, though its signature is good. */
  public void revoke(String token) {
    revoked.add(token);
  }

  /** How often it was asked about. */
  public int questionsAbout(String token) {
    var count = questions.get(token);
    return count == null ? 0 : count.get();
  }

  /** Registered clients may ask, and hear whether it is active and nothing else. */
  private void introspect(HttpExchange exchange) throws IOException {
    var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!clients.contains(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, "{\"error\":\"invalid_client\"}");
      return;
    }
    var token = field(form, "token");
    questions.computeIfAbsent(token, name -> new AtomicInteger()).incrementAndGet();
    answer(exchange, 200, "{\"active\":%s}".formatted(!revoked.contains(token)));
  }

  private static String field(String form, String name) {
    for (var pair : form.split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private void page(String path, String json) {
    server.createContext(path, exchange -> answer(exchange, 200, json));
  }

  /** JSON. */
  public static void answer(HttpExchange exchange, int status, String json) throws IOException {
    var body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (var out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
