package io.yitong.hub.search.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

/** A hub as its callers reach it. */
public final class HubClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI fhir;
  private final Function<String, String> tokens;

  /**
   * @param fhir ends in {@code /fhir/}
   * @param tokens of an institution
   */
  public HubClient(URI fhir, Function<String, String> tokens) {
    this.fhir = fhir;
    this.tokens = tokens;
  }

  /** What came back. */
  public record Answer(int status, String body) {
    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException("HTTP " + status + " " + body, e);
      }
    }
  }

  /**
   * Reads or searches.
   *
   * @param address relative to the FHIR base; percent-encoded
   */
  public Answer get(String address, String institution) {
    return send(request(address, institution).GET());
  }

  public Answer post(String address, String type, String body, String institution) {
    return send(
        request(address, institution)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String address, String institution) {
    return HttpRequest.newBuilder(
            fhir.resolve(address.startsWith("?") ? "../fhir" + address : address))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + tokens.apply(institution));
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
