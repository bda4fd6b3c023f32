package io.yitong.hub.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Plain HTTP as any client would speak it. */
public final class Http {
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /** What came back. */
  public record Answer(int status, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (JsonProcessingException e) {
        throw new LaunchFailure(
            "HTTP %d with a body that is no JSON: %s".formatted(status, body), e);
      }
    }
  }

  /**
   * @param token null for none
   * @param contentType null when there is no body
   */
  public Answer send(String method, URI address, String token, String contentType, String body) {
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    request.method(
        method,
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    try {
      var response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (ConnectException e) {
      throw new LaunchFailure(
          "Nothing answers at %s: is it running? ./yitong up".formatted(address), e);
    } catch (IOException e) {
      throw new LaunchFailure("%s %s: %s".formatted(method, address, e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchFailure("Interrupted", e);
    }
  }

  public Answer get(URI address, String token) {
    return send("GET", address, token, null, null);
  }

  public Answer form(URI address, Map<String, String> fields) {
    var body =
        fields.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    return send("POST", address, null, "application/x-www-form-urlencoded", body);
  }

  /** The status of a GET, or nothing when nobody answers. */
  Optional<Integer> status(URI address) {
    try {
      return Optional.of(get(address, null).status());
    } catch (LaunchFailure e) {
      return Optional.empty();
    }
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
