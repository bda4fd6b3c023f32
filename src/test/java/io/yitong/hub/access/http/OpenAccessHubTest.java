package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a closed hub does with the same requests: TokenRefusalsTest, AuditTrailTest. */
@QuarkusTest
@TestProfile(OpenAccessHubTest.Benchmark.class)
class OpenAccessHubTest {
  @Inject AuditRows rows;

  /** Settings of a test profile are system properties, as those of a command line are. */
  public static class Benchmark implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("yitong.benchmark.open-access", "true", "quarkus.http.host", "127.0.0.1");
    }
  }

  @Test
  void requests_without_a_token_are_answered_and_leave_no_row() {
    var correlation = UUID.randomUUID().toString();
    var id = UUID.randomUUID().toString();

    given()
        .header("X-Correlation-Id", correlation)
        .contentType("application/fhir+json;charset=utf-8")
        .body("{\"resourceType\":\"Basic\",\"id\":\"%s\",\"code\":{\"text\":\"x\"}}".formatted(id))
        .put("/fhir/Basic/" + id)
        .then()
        .statusCode(201);
    given().header("X-Correlation-Id", correlation).get("/fhir/Basic/" + id).then().statusCode(200);
    given()
        .header("X-Correlation-Id", correlation)
        .get("/fhir/Basic/" + UUID.randomUUID())
        .then()
        .statusCode(404);

    assertThat(rows.under(correlation)).isEmpty();
  }
}
