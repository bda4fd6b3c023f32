package io.yitong.hub;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StartsTest {
  @Test
  void the_hub_is_ready_once_its_database_answers() {
    given().get("/q/health/ready").then().statusCode(200);
  }
}
