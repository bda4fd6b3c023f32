package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.testing.TestIssuer;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The client slow-his may make three requests at once and one a second. */
@QuarkusTest
class RateLimitTest {
  private static final String INSTITUTION = "urn:yitong:institution:500106-university-hospital";

  private final AuditRows audit;

  RateLimitTest(AuditRows audit) {
    this.audit = audit;
  }

  @Test
  void one_too_many_is_refused_and_told_when_to_try_again_and_the_flood_leaves_few_rows() {
    var slow = token("slow-his", UUID.randomUUID().toString());
    var call = UUID.randomUUID().toString();
    var answers = Stream.generate(() -> ask(slow, call)).limit(40).toList();

    assertThat(answers.stream().limit(3).map(Response::statusCode)).containsOnly(200);
    var refused = answers.stream().filter(answer -> answer.statusCode() == 429).toList();
    assertThat(refused).hasSizeGreaterThan(10);
    refused
        .get(0)
        .then()
        .header("Retry-After", "1")
        .contentType(startsWith("application/fhir+json"))
        .body("issue[0].code", equalTo("throttled"))
        .body("issue[0].details.coding[0].code", equalTo("rate-exceeded"));
    assertThat(audit.under(call).stream().filter(row -> row.contains("rate-exceeded")))
        .isNotEmpty()
        .hasSizeLessThan(refused.size())
        .containsOnly("slow-his rate-exceeded 4");
  }

  @Test
  void another_client_and_another_person_at_the_same_client_are_not_held_up() {
    var call = UUID.randomUUID().toString();
    var slow = token("slow-his", UUID.randomUUID().toString());
    assertThat(Stream.generate(() -> ask(slow, call)).limit(10).map(Response::statusCode))
        .contains(429);

    ask(token("slow-his", UUID.randomUUID().toString()), call).then().statusCode(200);
    ask(token("chongqing-his", "chongqing-his"), call).then().statusCode(200);
  }

  private static Response ask(String token, String call) {
    return given()
        .header("Authorization", "Bearer " + token)
        .header("X-Correlation-Id", call)
        .get("/fhir/Organization?_count=1");
  }

  private static String token(String client, String subject) {
    return TestIssuer.sign(
        TestIssuer.claims(client, "system/*.rs", "hospital")
            .subject(subject)
            .claim("institution", INSTITUTION)
            .build());
  }
}
