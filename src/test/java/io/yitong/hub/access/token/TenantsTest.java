package io.yitong.hub.access.token;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.launch.LocalIssuer;
import io.yitong.hub.testing.PostgresResource;
import io.yitong.hub.testing.TestIssuer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A hospital with an issuer of its own, which speaks for that hospital and nobody else. */
@QuarkusTest
@TestProfile(TenantsTest.HospitalWithIssuer.class)
class TenantsTest {
  private static final String ITS_OWN = "urn:yitong:institution:500106-university-hospital";
  private static final String ANOTHERS = "urn:yitong:institution:500102-fuling-hospital";
  private static final String PATH = "/fhir/Organization?_count=1";

  private static LocalIssuer hospital;

  private final AuditRows audit;

  TenantsTest(AuditRows audit) {
    this.audit = audit;
  }

  /** Settings as a site makes them. */
  public static class HospitalWithIssuer implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("yitong.tenants.university.institutions", ITS_OWN);
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(PostgresResource.class),
          new TestResourceEntry(TestIssuer.class),
          new TestResourceEntry(ItsIssuer.class));
    }
  }

  /** The hospital's. */
  public static class ItsIssuer implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
      hospital = new LocalIssuer();
      hospital.register("the-hub", "s");
      hospital.start();
      return Map.of(
          "quarkus.oidc.university.auth-server-url",
          hospital.address(),
          "quarkus.oidc.university.client-id",
          "the-hub",
          "quarkus.oidc.university.credentials.secret",
          "s",
          "quarkus.oidc.university.token.audience",
          TestIssuer.AUDIENCE);
    }

    @Override
    public void stop() {
      hospital.stop();
    }
  }

  @Test
  void its_issuer_speaks_for_it_under_a_name_of_its_own() {
    var call = UUID.randomUUID().toString();

    ask(token(ITS_OWN, "hospital"), call).then().statusCode(200);

    assertThat(audit.under(call)).containsExactly("university:chongqing-his - 0");
  }

  @Test
  void its_issuer_does_not_speak_for_another_institution_nor_for_none() {
    ask(token(ANOTHERS, "hospital"), "x").then().statusCode(403);
    ask(token(null, "hospital"), "x").then().statusCode(403);
  }

  @Test
  void its_issuer_gives_no_role_that_is_not_its_to_give() {
    ask(token(ITS_OWN, "clinician"), "x").then().statusCode(200);
    for (var role : List.of("operator", "privacy-officer", "regulator", "partner", "hub")) {
      ask(token(ITS_OWN, role), "x").then().statusCode(403);
    }
  }

  @Test
  void a_token_that_says_it_is_of_one_issuer_and_is_signed_by_another_is_none() {
    var forged =
        hospital.sign(
            hospital
                .claims("chongqing-his", TestIssuer.AUDIENCE, "system/*.rs", "hospital")
                .issuer(TestIssuer.claims("x", "").build().getIssuer())
                .claim("institution", ANOTHERS)
                .build());
    var ofTheHubs =
        TestIssuer.sign(
            TestIssuer.claims("chongqing-his", "system/*.rs", "hospital")
                .issuer(hospital.address())
                .claim("institution", ITS_OWN)
                .build());

    ask(forged, "x").then().statusCode(401);
    ask(ofTheHubs, "x").then().statusCode(401);
    ask(TestIssuer.token("fuling-his", ANOTHERS, "system/*.rs", "hospital"), "x")
        .then()
        .statusCode(200);
  }

  @Test
  void a_path_named_like_an_issuer_does_not_choose_it() {
    given()
        .header("Authorization", "Bearer " + token(ITS_OWN, "hospital"))
        .get("/fhir/Organization/console")
        .then()
        .statusCode(403);
    given()
        .header(
            "Authorization",
            "Bearer " + TestIssuer.token("fuling-his", ANOTHERS, "system/*.rs", "hospital"))
        .get("/fhir/Organization/university")
        .then()
        .statusCode(403);
  }

  @Test
  void it_takes_its_tokens_back_itself() {
    var token = token(ITS_OWN, "hospital");
    ask(token, "x").then().statusCode(200);

    hospital.revoke(token);

    await().untilAsserted(() -> ask(token, "x").then().statusCode(401));
  }

  private static Response ask(String token, String call) {
    return given()
        .header("Authorization", "Bearer " + token)
        .header("X-Correlation-Id", call)
        .get(PATH);
  }

  private static String token(String institution, String role) {
    var claims =
        hospital.claims("chongqing-his", TestIssuer.AUDIENCE, "system/*.rs user/*.rs", role);
    if (institution != null) {
      claims.claim("institution", institution);
    }
    return hospital.sign(claims.build());
  }
}
