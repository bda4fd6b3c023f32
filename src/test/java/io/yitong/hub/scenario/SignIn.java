package io.yitong.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.Region;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person signs in to an app: authorization code with PKCE, through Keycloak's own form. */
final class SignIn {
  private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
  private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
  private static final String BACK = "http://127.0.0.1/callback";

  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Map<String, String> cookies = new TreeMap<>();
  private final ScenarioStack scenario;
  private final URI tokenEndpoint;

  SignIn(ScenarioStack scenario, Region realm) {
    this.scenario = scenario;
    this.tokenEndpoint = scenario.stack().tokens().endpoint(realm);
  }

  /** The token endpoint's answer. */
  JsonNode to(String app, Region realm, String user, String scope) {
    var verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    var form =
        get(
            tokenEndpoint.toString().replaceFirst("/token$", "/auth?")
                + encode(
                    Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        app,
                        "redirect_uri",
                        BACK,
                        "scope",
                        scope,
                        "state",
                        UUID.randomUUID().toString(),
                        "code_challenge_method",
                        "S256",
                        "code_challenge",
                        challenge(verifier))));
    var action = FORM.matcher(form.body());
    assertThat(action.find()).as(form.body()).isTrue();
    var sent =
        post(
            action.group(1).replace("&amp;", "&"),
            Map.of("username", user, "password", scenario.password(realm, user)));
    assertThat(sent.statusCode()).as(sent.body()).isEqualTo(302);
    var code = CODE.matcher(sent.headers().firstValue("Location").orElseThrow());
    assertThat(code.find()).isTrue();
    var answer =
        post(
            tokenEndpoint.toString(),
            Map.of(
                "grant_type", "authorization_code",
                "client_id", app,
                "redirect_uri", BACK,
                "code", code.group(1),
                "code_verifier", verifier));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new Http.Answer(200, answer.body()).json();
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<String> get(String address) {
    return send(HttpRequest.newBuilder(URI.create(address)));
  }

  private HttpResponse<String> post(String address, Map<String, String> fields) {
    return send(
        HttpRequest.newBuilder(URI.create(address))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(encode(fields))));
  }

  /** Browsers send a Secure cookie to localhost without TLS; the JDK's cookies do not. */
  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      if (!cookies.isEmpty()) {
        request.header(
            "Cookie",
            cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; ")));
      }
      var answer = browser.send(request.build(), BodyHandlers.ofString());
      for (var set : answer.headers().allValues("Set-Cookie")) {
        var pair = set.substring(0, set.indexOf(';')).split("=", 2);
        cookies.put(pair[0], pair[1]);
      }
      return answer;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String encode(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(
            field ->
                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
