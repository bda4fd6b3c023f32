package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.testing.TestIssuer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests ask again after a second; what is said of 30 seconds is in ConfirmationTest. */
@QuarkusTest
class RevocationTest {
  private static final String PATH = "/fhir/AuditEvent?_count=1";

  private final AuditRows audit;

  RevocationTest(AuditRows audit) {
    this.audit = audit;
  }

  @Test
  void a_token_revoked_before_it_is_first_seen_is_refused() {
    var revoked = officer();
    TestIssuer.revoke(revoked);
    var correlation = UUID.randomUUID().toString();

    given()
        .header("Authorization", "Bearer " + revoked)
        .header("X-Correlation-Id", correlation)
        .get(PATH)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer realm=\"yitong\", error=\"invalid_token\"");

    assertThat(audit.under(correlation)).containsExactly("anonymous not-authenticated 4");
    ask(officer()).then().statusCode(200);
  }

  @Test
  void a_token_in_use_is_refused_soon_after_its_revocation_and_another_is_not() {
    var token = officer();
    var other = officer();
    ask(token).then().statusCode(200);
    ask(other).then().statusCode(200);

    TestIssuer.revoke(token);

    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> ask(token).then().statusCode(401));
    ask(other).then().statusCode(200);
  }

  @Test
  void a_token_in_use_costs_one_question_at_a_time() {
    var token = officer();
    var answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> ask(token).statusCode()))
            .limit(20)
            .toList();

    assertThat(answers.stream().map(CompletableFuture::join)).containsOnly(200);
    assertThat(TestIssuer.questionsAbout(token)).isBetween(1, 3);
  }

  @Test
  void while_the_issuer_cannot_be_asked_only_those_are_let_in_of_whom_it_spoke_a_moment_ago() {
    var known = officer();
    ask(known).then().statusCode(200);
    TestIssuer.goDown();
    try {
      ask(known).then().statusCode(200);
      ask(officer())
          .then()
          .statusCode(503)
          .body("issue[0].details.coding[0].code", equalTo("issuer-unreachable"));
      ask("not.a.token").then().statusCode(401);
    } finally {
      TestIssuer.comeUp();
    }
    await().untilAsserted(() -> ask(officer()).then().statusCode(200));
  }

  private static Response ask(String token) {
    return given().header("Authorization", "Bearer " + token).get(PATH);
  }

  private static String officer() {
    return TestIssuer.token("privacy-officer", null, "system/AuditEvent.rs", "privacy-officer");
  }
}
