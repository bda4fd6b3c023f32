package io.yitong.hub.feed;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.testing.MllpClient;
import io.yitong.hub.testing.TestIssuer;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FeedsUnderTest.class)
class FeedsResourceTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  @Test
  void an_operator_sees_the_feeds_and_the_files_that_are_not_in_force() {
    given()
        .auth()
        .oauth2(operator())
        .get("/feeds")
        .then()
        .statusCode(200)
        .body("feeds.sender", hasItem("500106-test-hospital/lis"))
        .body("problems.file", hasItem("broken.yaml"));
  }

  @Test
  void a_hospital_does_not() {
    var hospital =
        TestIssuer.token("test-his", FeedsUnderTest.INSTITUTION, "system/*.cruds", "hospital");

    given().auth().oauth2(hospital).get("/feeds").then().statusCode(403);
    given().get("/feeds").then().statusCode(401);
  }

  @Test
  void an_operator_finds_a_message_in_quarantine_and_replays_it() {
    var number = Messages.newNumber("P");
    var oru = Messages.oru(number);
    MllpClient.exchange(FeedsUnderTest.port("lis"), oru.text(), GB18030);

    Integer id =
        given()
            .auth()
            .oauth2(operator())
            .get("/feeds/500106-test-hospital/lis/messages?state=quarantined")
            .then()
            .statusCode(200)
            .extract()
            .path("find { it.controlId == '" + oru.controlId() + "' }.id");
    assertThat(id).isNotNull();

    // Still unknown: it stays where it is, with the reason.
    given()
        .auth()
        .oauth2(operator())
        .post("/feeds/messages/" + id + "/replay")
        .then()
        .statusCode(200)
        .body("state", equalTo("QUARANTINED"))
        .body("errorCode", equalTo("PATIENT_UNKNOWN"));
  }

  @Test
  void a_state_that_does_not_exist_is_refused() {
    given()
        .auth()
        .oauth2(operator())
        .get("/feeds/500106-test-hospital/lis/messages?state=lost")
        .then()
        .statusCode(400);
  }

  private static String operator() {
    return TestIssuer.token("operator", null, "system/*.cruds", "operator");
  }
}
