package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSAEncrypter;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TokenRefusalsTest {
  private static final String PATH = "/fhir/AuditEvent";

  @Inject AuditRows audit;

  @Test
  void a_valid_token_is_let_in() {
    ask(TestIssuer.sign(officer().build()), PATH).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "expired",
        "not yet valid",
        "wrong audience",
        "no audience",
        "wrong issuer",
        "unsigned",
        "HS256 with the public key",
        "another key under the same name",
        "an unknown key",
        "changed after signing",
        "an ID token",
        "an ID token of another make",
        "a refresh token",
        "a logout token",
        "bound to a key",
        "without an end",
        "signed by a key it brings along",
        "signed by a key it says where to find",
        "encrypted",
        "garbage",
        "very long garbage",
        "empty"
      })
  void a_token_that_is_not_valid_is_refused_with_401_and_recorded(String flaw) throws Exception {
    // Given
    var correlation = "refused-" + UUID.randomUUID();

    // When
    var answer =
        given()
            .header("Authorization", "Bearer " + token(flaw))
            .header("X-Correlation-Id", correlation)
            .get(PATH);

    // Then
    answer
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer realm=\"yitong\", error=\"invalid_token\"")
        .contentType(startsWith("application/fhir+json"))
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].code", equalTo("login"));
    assertThat(answer.asString()).isEqualTo(given().get(PATH).asString());
    assertThat(recordedUnder(correlation)).containsExactly("anonymous not-authenticated 4");
  }

  @Test
  void a_refused_token_is_refused_again_and_each_time_recorded() throws Exception {
    var correlation = "refused-" + UUID.randomUUID();
    var token = token("another key under the same name");

    for (var time = 0; time < 3; time++) {
      given()
          .header("Authorization", "Bearer " + token)
          .header("X-Correlation-Id", correlation)
          .get(PATH)
          .then()
          .statusCode(401);
    }

    assertThat(recordedUnder(correlation)).hasSize(3);
    assertThat(TestIssuer.questionsAbout(token)).isZero();
  }

  @Test
  void a_token_is_taken_from_one_authorization_header_and_from_nowhere_else() {
    var token = TestIssuer.sign(officer().build());
    var header = "Bearer " + token;

    given().header("Authorization", "bearer " + token).get(PATH).then().statusCode(200);
    given()
        .headers("Authorization", header, "Authorization", header)
        .get(PATH)
        .then()
        .statusCode(401);
    given().queryParam("access_token", token).get(PATH).then().statusCode(401);
    given().cookie("q_session_console", token).get(PATH).then().statusCode(401);
    given().cookie("access_token", token).get(PATH).then().statusCode(401);
    given()
        .contentType("application/x-www-form-urlencoded")
        .formParam("access_token", token)
        .post(PATH + "/_search")
        .then()
        .statusCode(401);
    given().auth().preemptive().basic("privacy-officer", token).get(PATH).then().statusCode(401);
  }

  @Test
  void a_path_named_like_an_issuer_is_no_way_round_the_token() {
    given().redirects().follow(false).get("/fhir/Patient/console").then().statusCode(401);
    ask(TestIssuer.sign(officer().build()), "/fhir/Patient/console").then().statusCode(403);
  }

  @Test
  void a_token_that_has_been_valid_for_a_while_is_let_in_and_one_that_is_not_yet_valid_is_not() {
    var now = Instant.now();
    var since = officer().notBeforeTime(Date.from(now.minusSeconds(60))).build();
    var notYet = officer().notBeforeTime(Date.from(now.plusSeconds(300))).build();

    ask(TestIssuer.sign(since), PATH).then().statusCode(200);
    ask(TestIssuer.sign(notYet), PATH).then().statusCode(401);
  }

  @Test
  void a_known_token_is_refused_once_it_has_expired() {
    var token =
        TestIssuer.sign(officer().expirationTime(Date.from(Instant.now().plusSeconds(3))).build());
    ask(token, PATH).then().statusCode(200);

    await().untilAsserted(() -> ask(token, PATH).then().statusCode(401));
  }

  @Test
  void no_token_is_refused_alike() {
    var correlation = "refused-" + UUID.randomUUID();

    given()
        .header("X-Correlation-Id", correlation)
        .get(PATH)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer realm=\"yitong\"")
        .body("issue[0].details.coding.code", hasItem("not-authenticated"));

    assertThat(recordedUnder(correlation)).containsExactly("anonymous not-authenticated 4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fhir/Patient/1", "/fhir", "/nothing/here", "/q/swagger-ui", "/"})
  void every_path_is_closed_unless_it_was_opened(String path) {
    given().get(path).then().statusCode(401);
  }

  @Test
  void health_and_the_smart_configuration_are_open() {
    given().get("/q/health/live").then().statusCode(200);
    for (var base : List.of("", "/fhir")) {
      given()
          .get(base + "/.well-known/smart-configuration")
          .then()
          .statusCode(200)
          .body("token_endpoint", startsWith("http://localhost"));
    }
  }

  @Test
  void a_token_without_a_role_the_hub_knows_is_refused_with_403_and_recorded() {
    var correlation = "refused-" + UUID.randomUUID();
    var token = TestIssuer.sign(TestIssuer.claims("stranger", "system/*.cruds", "admin").build());

    given()
        .header("Authorization", "Bearer " + token)
        .header("X-Correlation-Id", correlation)
        .get(PATH)
        .then()
        .statusCode(403);

    assertThat(recordedUnder(correlation)).containsExactly("stranger not-permitted 4");
  }

  private static Response ask(String token, String path) {
    return given().header("Authorization", "Bearer " + token).get(path);
  }

  private static String token(String flaw) throws JOSEException {
    var now = Instant.now();
    return switch (flaw) {
      case "expired" ->
          TestIssuer.sign(
              officer()
                  .issueTime(Date.from(now.minus(Duration.ofHours(2))))
                  .expirationTime(Date.from(now.minus(Duration.ofHours(1))))
                  .build());
      case "not yet valid" ->
          TestIssuer.sign(
              officer().notBeforeTime(Date.from(now.plus(Duration.ofMinutes(5)))).build());
      case "wrong audience" -> TestIssuer.sign(officer().audience("yitong-linshui").build());
      case "no audience" -> TestIssuer.sign(officer().audience((String) null).build());
      case "wrong issuer" ->
          TestIssuer.sign(officer().issuer("http://localhost:9/realms/other").build());
      case "unsigned" -> new PlainJWT(officer().build()).serialize();
      case "HS256 with the public key" -> signedWithThePublicKey();
      case "another key under the same name" -> signedBy(stranger("test"));
      case "an unknown key" -> signedBy(stranger("unknown"));
      case "changed after signing" -> changed();
      case "an ID token" -> TestIssuer.sign(officer().claim("typ", "ID").build());
      case "an ID token of another make" ->
          TestIssuer.sign(officer().claim("typ", null).claim("at_hash", "x").build());
      case "a refresh token" -> TestIssuer.sign(officer().claim("typ", "Refresh").build());
      case "a logout token" -> TestIssuer.sign(officer().claim("typ", "Logout").build());
      case "bound to a key" -> TestIssuer.sign(officer().claim("typ", "DPoP").build());
      case "without an end" -> TestIssuer.sign(officer().expirationTime(null).build());
      case "signed by a key it brings along" -> {
        var key = stranger("test");
        yield signedBy(
            key, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").jwk(key.toPublicJWK()));
      }
      case "signed by a key it says where to find" ->
          signedBy(
              stranger("other"),
              new JWSHeader.Builder(JWSAlgorithm.RS256)
                  .keyID("other")
                  .jwkURL(URI.create("http://localhost:9/jwks")));
      case "encrypted" -> encrypted();
      case "garbage" -> "not.a.token";
      case "very long garbage" -> "x".repeat(7_000);
      case "empty" -> "";
      default -> throw new IllegalArgumentException(flaw);
    };
  }

  private static JWTClaimsSet.Builder officer() {
    return TestIssuer.claims("privacy-officer", "system/AuditEvent.rs", "privacy-officer");
  }

  /** The classic confusion: the published key's bytes taken as a shared secret. */
  private static String signedWithThePublicKey() throws JOSEException {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test").build(), officer().build());
    jwt.sign(new MACSigner(TestIssuer.publicKey().toRSAPublicKey().getEncoded()));
    return jwt.serialize();
  }

  private static String encrypted() throws JOSEException {
    var jwe =
        new EncryptedJWT(
            new JWEHeader.Builder(JWEAlgorithm.RSA_OAEP_256, EncryptionMethod.A256GCM)
                .keyID("test")
                .build(),
            officer().build());
    jwe.encrypt(new RSAEncrypter(TestIssuer.publicKey()));
    return jwe.serialize();
  }

  private static RSAKey stranger(String name) throws JOSEException {
    return new RSAKeyGenerator(2048).keyID(name).generate();
  }

  private static String signedBy(RSAKey key) throws JOSEException {
    return signedBy(key, new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()));
  }

  private static String signedBy(RSAKey key, JWSHeader.Builder header) throws JOSEException {
    var jwt = new SignedJWT(header.build(), officer().build());
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }

  private static String changed() {
    var signed = TestIssuer.sign(officer().build()).split("\\.", -1);
    var other = TestIssuer.sign(officer().subject("somebody-else").build()).split("\\.", -1);
    return Stream.of(signed[0], other[1], signed[2]).reduce((a, b) -> a + "." + b).orElseThrow();
  }

  private List<String> recordedUnder(String correlation) {
    return audit.under(correlation);
  }
}
