package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.testing.PostgresResource;
import io.yitong.hub.testing.TestIssuer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(IssuerOutageTest.WithoutIssuer.class)
class IssuerOutageTest {
  /** The hub starts while its issuer is down. */
  public static class WithoutIssuer implements QuarkusTestProfile {
    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(PostgresResource.class),
          new TestResourceEntry(TestIssuer.class, Map.of(TestIssuer.DOWN, "true")));
    }
  }

  @Test
  void the_hub_starts_without_its_issuer_refuses_for_now_and_recovers_by_itself() {
    given().get("/q/health/ready").then().statusCode(200);
    given().get("/.well-known/smart-configuration").then().statusCode(503);
    given()
        .header("Authorization", "Bearer " + officer())
        .get("/fhir/AuditEvent")
        .then()
        .statusCode(503)
        .body("issue[0].details.coding[0].code", equalTo("issuer-unreachable"));

    TestIssuer.comeUp();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                given()
                    .header("Authorization", "Bearer " + officer())
                    .get("/fhir/AuditEvent")
                    .then()
                    .statusCode(200));
    given().get("/.well-known/smart-configuration").then().statusCode(200);
  }

  private static String officer() {
    return TestIssuer.token("privacy-officer", null, "system/AuditEvent.rs", "privacy-officer");
  }
}
