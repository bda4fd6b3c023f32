package io.yitong.hub.access.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** TestIssuer offers more than SMART App Launch has a word for, and more than the hub takes. */
@QuarkusTest
class SmartConfigurationTest {
  @Test
  void it_says_of_the_issuer_what_the_hub_stands_by() {
    given()
        .get("/fhir/.well-known/smart-configuration")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("jwks_uri", endsWith("/jwks"))
        .body("authorization_endpoint", endsWith("/auth"))
        .body("token_endpoint", endsWith("/token"))
        .body("introspection_endpoint", endsWith("/introspect"))
        .body("revocation_endpoint", endsWith("/revoke"))
        .body("grant_types_supported", contains("authorization_code", "client_credentials"))
        .body("code_challenge_methods_supported", contains("S256"))
        .body("token_endpoint_auth_methods_supported", hasItem("private_key_jwt"))
        .body("scopes_supported", hasItems("openid", "system/*.cruds", "patient/Observation.rs"))
        .body("scopes_supported", not(hasItems("offline_access")))
        .body("scopes_supported", not(hasItems("system/Observation.x")))
        .body(
            "capabilities",
            contains(
                "client-confidential-asymmetric",
                "client-confidential-symmetric",
                "permission-patient",
                "permission-user",
                "permission-v2"));
  }

  @Test
  void the_capability_statement_says_the_same() {
    var addresses = "rest[0].security.extension[0].extension.find { it.url == '%s' }.valueUri";
    given()
        .get("/fhir/metadata")
        .then()
        .statusCode(200)
        .body("rest[0].security.cors", equalTo(false))
        .body("rest[0].security.service[0].coding[0].code", equalTo("SMART-on-FHIR"))
        .body(addresses.formatted("token"), endsWith("/token"))
        .body(addresses.formatted("authorize"), endsWith("/auth"))
        .body(addresses.formatted("introspect"), endsWith("/introspect"))
        .body(addresses.formatted("revoke"), endsWith("/revoke"));
  }

  @Test
  void another_sites_script_may_not_read_answers() {
    given()
        .header("Origin", "https://elsewhere.example")
        .get("/fhir/metadata")
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", (String) null);
  }
}
