package io.yitong.hub.api.operation;

import static io.yitong.hub.api.Clients.HOSPITAL;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.operation.Ward.json;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.testing.TestIssuer;
import org.junit.jupiter.api.Test;

/** The clients' policies stand in the test profile of application.yaml. */
@QuarkusTest
class ValidateByPolicyTest {
  /** Breaks its profile in two places: no identifier, no name. */
  private static final String FLAWED =
      """
      {"resourceType":"Patient","id":"%1$s",
       "active":true,
       "managingOrganization":{"identifier":{"system":"urn:ietf:rfc:3986","value":"%2$s"}}}\
      """;

  @Test
  void a_strict_client_is_refused_with_every_flaw_and_nothing_is_stored() {
    var id = Fixtures.randomId();

    as("strict-his")
        .body(FLAWED.formatted(id, HOSPITAL))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(422)
        .body("issue.size()", greaterThan(1))
        .body("issue.details.coding.code.flatten()", hasItem("profile-not-met"))
        .body("issue.diagnostics", hasItem(containsString("Patient.identifier")))
        .body("issue[0].details.text", startsWith("第 "));

    hospital().get("/fhir/Patient/" + id).then().statusCode(403);
    as("strict-his")
        .body(json(Fixtures.patient(id)))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201)
        .header("X-Validation-Issues", nullValue());
  }

  @Test
  void one_flawed_entry_refuses_a_strict_client_s_transaction_by_name() {
    var good = Fixtures.randomId();
    var flawed = Fixtures.randomId();

    as("strict-his")
        .body(
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"resource":%s,"request":{"method":"PUT","url":"Patient/%s"}},
             {"resource":%s,"request":{"method":"PUT","url":"Patient/%s"}}]}\
            """
                .formatted(
                    json(Fixtures.patient(good)), good, FLAWED.formatted(flawed, HOSPITAL), flawed))
        .post("/fhir")
        .then()
        .statusCode(422)
        .body("issue.diagnostics", hasItem(containsString("Patient/" + flawed)));

    hospital().get("/fhir/Patient/" + good).then().statusCode(403);
  }

  @Test
  void a_client_that_is_warned_has_its_write_done_and_the_flaws_told() {
    var id = Fixtures.randomId();
    var body = FLAWED.formatted(id, HOSPITAL);

    as("told-his")
        .body(body)
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201)
        .header("X-Validation-Issues", startsWith("errors="))
        .body("resourceType", equalTo("Patient"));
    as("told-his")
        .header("Prefer", "return=OperationOutcome")
        .body(body.replace("true", "false"))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(200)
        .body("resourceType", equalTo("OperationOutcome"))
        .body("issue[0].severity", equalTo("information"))
        .body(
            "issue.findAll { it.severity == 'error' }.diagnostics",
            hasItem(containsString("Patient.identifier")));
  }

  @Test
  void others_are_not_looked_at() {
    var id = Fixtures.randomId();

    hospital()
        .header("Prefer", "return=OperationOutcome")
        .body(json(Fixtures.patient(id)))
        .put("/fhir/Patient/" + id)
        .then()
        .statusCode(201)
        .header("X-Validation-Issues", nullValue())
        .body("issue", hasSize(1));
  }

  private static RequestSpecification as(String client) {
    return Clients.with(TestIssuer.token(client, HOSPITAL, "system/*.cruds", "hospital"));
  }
}
