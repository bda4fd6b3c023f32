package io.yitong.hub.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.exchange.PartnerFault.Refused;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Access tokens of partners' issuers, by client credentials with private_key_jwt. */
final class AccessTokens {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A token that ends sooner is not begun with. */
  private static final Duration LEAST_LEFT = Duration.ofSeconds(20);

  private final PartnerHttp http;
  private final Optional<SigningKey> key;
  private final Clock clock;
  private final Map<String, Token> held = new ConcurrentHashMap<>();

  private record Token(String value, Instant until) {}

  AccessTokens(PartnerHttp http, Optional<SigningKey> key, Clock clock) {
    this.http = http;
    this.key = key;
    this.clock = clock;
  }

  String forPartner(Partnership partnership, Deadline deadline) throws PartnerFault {
    var known = held.get(name(partnership));
    if (known != null && clock.instant().plus(LEAST_LEFT).isBefore(known.until())) {
      return known.value();
    }
    var fresh = request(partnership, deadline);
    held.put(name(partnership), fresh);
    return fresh.value();
  }

  /** After the partner would not take it. */
  void forget(Partnership partnership) {
    held.remove(name(partnership));
  }

  private static String name(Partnership partnership) {
    return partnership.clientThere() + " " + partnership.tokenEndpoint();
  }

  private Token request(Partnership partnership, Deadline deadline) throws PartnerFault {
    var signing = key.orElseThrow(() -> new Refused("this hub has no key for exchange"));
    var endpoint = partnership.tokenEndpoint();
    var form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            partnership.clientThere(),
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            signing.assertion(partnership.clientThere(), endpoint.toString()));
    var reply =
        http.send(
            HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(encode(form)))
                .build(),
            deadline);
    return token(reply);
  }

  private Token token(PartnerHttp.Reply reply) throws PartnerFault {
    var answer = json(reply.body());
    if (!reply.ok()) {
      throw new Refused(
          "no token: HTTP %d %s".formatted(reply.status(), answer.path("error").asText()));
    }
    var value = answer.path("access_token").asText();
    if (value.isEmpty() || !"bearer".equalsIgnoreCase(answer.path("token_type").asText())) {
      throw new Refused("the token endpoint gave no bearer token");
    }
    var seconds = answer.path("expires_in").asLong(60);
    return new Token(value, clock.instant().plusSeconds(seconds));
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  private static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
