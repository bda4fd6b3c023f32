package io.yitong.hub.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.testing.TestIssuer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser with cookies: signs in at the issuer, then asks as the console's pages do. */
final class Browser {
  private final CookieFilter cookies = new CookieFilter();
  private String accessToken;

  /** Goes through the code flow as the person; the issuer's form is taken as filled in. */
  static Browser signedIn(String user, String institution, String... roles) {
    var browser = new Browser();
    browser.signIn(user, institution, roles);
    return browser;
  }

  /** The Set-Cookie lines of a session that begins. */
  static List<String> sessionCookies(String user, String... roles) {
    return new Browser()
        .signIn(user, null, roles).headers().getValues("Set-Cookie").stream()
            .filter(cookie -> cookie.startsWith("q_session"))
            .toList();
  }

  private Response signIn(String user, String institution, String... roles) {
    var sent = follow("/console/");
    assertThat(sent.statusCode()).isEqualTo(302);
    var question = parameters(sent.header("Location"));
    assertThat(question)
        .containsEntry("client_id", "yitong-console")
        .containsEntry("response_type", "code")
        .containsEntry("code_challenge_method", "S256");

    accessToken = accessToken(user, institution, roles);
    var code = TestIssuer.code(idToken(user), accessToken);
    var path = URI.create(question.get("redirect_uri")).getRawPath();
    var restored = follow(path + "?code=" + code + "&state=" + question.get("state"));
    assertThat(restored.statusCode()).isEqualTo(302);
    return restored;
  }

  /** Somebody ends the session at the issuer. */
  void endSessionAtIssuer() {
    TestIssuer.revoke(accessToken);
  }

  /** One request as a link or address makes it; redirects are not followed. */
  Response follow(String path) {
    return request().get(path);
  }

  /** One request as the pages' scripts make it. */
  Response ask(String path) {
    return asking().get("/console/api/" + path);
  }

  /** A request of the pages' scripts, to be added to. */
  RequestSpecification asking() {
    return request().header("X-Requested-With", "JavaScript");
  }

  RequestSpecification request() {
    return given().filter(cookies).redirects().follow(false).urlEncodingEnabled(false);
  }

  private static String idToken(String user) {
    return TestIssuer.sign(
        TestIssuer.claims("yitong-console", "openid")
            .audience("yitong-console")
            .subject(user)
            .claim("typ", "ID")
            .claim("given_name", "明")
            .claim("family_name", "李")
            .claim("preferred_username", user)
            .build());
  }

  private static String accessToken(String user, String institution, String... roles) {
    var claims =
        TestIssuer.claims("yitong-console", "openid profile user/*.cruds", roles).subject(user);
    if (institution != null) {
      claims.claim("institution", institution);
    }
    return TestIssuer.sign(claims.build());
  }

  private static Map<String, String> parameters(String uri) {
    return Arrays.stream(URI.create(uri).getRawQuery().split("&", -1))
        .map(pair -> List.of(pair.split("=", 2)))
        .collect(
            Collectors.toMap(
                pair -> pair.get(0),
                pair -> URLDecoder.decode(pair.get(1), StandardCharsets.UTF_8)));
  }
}
