package io.yitong.hub.exchange;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.yitong.hub.access.Agreement;
import io.yitong.hub.fhir.FhirJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.hl7.fhir.r4.model.Resource;

/**
 * A hub of another region, played over real HTTP: answers by path, and can be made to misbehave.
 */
final class PartnerServer implements AutoCloseable {
  /** How one request is answered. */
  interface Behaviour {
    void answer(HttpExchange exchange) throws IOException;
  }

  private final HttpServer server;
  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Map<String, String>> headers = new CopyOnWriteArrayList<>();
  private final List<SignedJWT> assertions = new CopyOnWriteArrayList<>();
  private volatile String token = "token-1";

  PartnerServer(ECKey trusted) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              var thread = new Thread(work, "partner");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::handle);
    server.start();
    behaviours.put("/token", exchange -> issue(exchange, trusted));
  }

  String base() {
    return root() + "/fhir";
  }

  String root() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  Partnership partnership() {
    return partnership(base());
  }

  Partnership partnership(String base) {
    var partner =
        new Partner(
            "hub-linshui", "511623", "邻水", "Linshui", base, "chuanyu", Set.of("laboratory"));
    return new Partnership(
        partner,
        "hub-linshui",
        new Agreement(
            "chongqing-linshui", Set.of("laboratory"), true, Optional.empty(), Optional.empty()),
        URI.create(root() + "/token"),
        "hub-chongqing",
        "hub-linshui",
        "treatment contract");
  }

  PartnerServer when(String path, Behaviour behaviour) {
    behaviours.put(path, behaviour);
    return this;
  }

  PartnerServer when(String path, Resource answer) {
    return when(path, json(200, FhirJson.write(answer)));
  }

  static Behaviour json(int status, byte[] body) {
    return exchange -> reply(exchange, status, "application/fhir+json", body);
  }

  static void reply(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** Holds the request until the server is closed. */
  Behaviour never() {
    return exchange -> awaitClosing();
  }

  /** Sends the head of an answer and a part of its body, then nothing. */
  Behaviour stuckInTheBody() {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      awaitClosing();
    };
  }

  /** From now on only this token is good. */
  void changeToken(String now) {
    token = now;
  }

  /** Method and path with query of each request other than for a token. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  List<Map<String, String>> headers() {
    return List.copyOf(headers);
  }

  List<SignedJWT> assertions() {
    return List.copyOf(assertions);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      if (!path.equals("/token")) {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        var sent = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> sent.put(name, values.get(0)));
        headers.add(sent);
        if (!("Bearer " + token).equals(sent.get("Authorization"))) {
          reply(exchange, 401, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
          return;
        }
      }
      behaviours
          .getOrDefault(path, json(404, "{}".getBytes(StandardCharsets.UTF_8)))
          .answer(exchange);
    }
  }

  /** As an issuer does it: the assertion's signature and claims decide. */
  private void issue(HttpExchange exchange, ECKey trusted) throws IOException {
    try {
      var form = form(exchange);
      var assertion = SignedJWT.parse(form.get("client_assertion"));
      assertions.add(assertion);
      var good =
          assertion.verify(new ECDSAVerifier(trusted))
              && "client_credentials".equals(form.get("grant_type"))
              && "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                  .equals(form.get("client_assertion_type"));
      var body =
          good
              ? "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                  .formatted(token)
              : "{\"error\":\"invalid_client\"}";
      reply(exchange, good ? 200 : 401, "application/json", body.getBytes(StandardCharsets.UTF_8));
    } catch (ParseException | JOSEException e) {
      throw new IOException(e);
    }
  }

  private static Map<String, String> form(HttpExchange exchange) throws IOException {
    var form = new TreeMap<String, String>();
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (var field : body.split("&", -1)) {
      var parts = field.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return form;
  }

  private void awaitClosing() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
