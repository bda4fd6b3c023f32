package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.operator;
import static io.yitong.hub.api.Clients.patient;
import static io.yitong.hub.api.Clients.put;
import static io.yitong.hub.api.Clients.randomId;
import static io.yitong.hub.api.Clients.readOnlyHospital;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.access.audit.AuditRows;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Who gets what, and that it is on record. */
@QuarkusTest
class CallersTest {
  @Inject AuditRows audit;

  @Test
  void to_whom_a_record_is_not_open_its_absence_looks_the_same() {
    var id = put(patient(randomId()));

    var hidden = fuling().header("X-Correlation-Id", "same").get("/fhir/" + id);
    var absent = fuling().header("X-Correlation-Id", "same").get("/fhir/Patient/" + randomId());

    assertThat(hidden.statusCode()).isEqualTo(403);
    assertThat(absent.statusCode()).isEqualTo(403);
    assertThat(hidden.asString()).isEqualTo(absent.asString());
    assertThat(hidden.headers().asList()).hasSameSizeAs(absent.headers().asList());
    fuling().get("/fhir/Patient?_id=" + id.substring(8)).then().body("entry", nullValue());
    fuling().get("/fhir/" + id + "/_history").then().statusCode(403);
    fuling().get("/fhir/" + id + "/_history/1").then().statusCode(403);
  }

  @Test
  void a_scope_that_does_not_cover_it_is_refused_by_name() {
    readOnlyHospital().get("/fhir/Observation").then().statusCode(403);
    readOnlyHospital()
        .body(patient("x"))
        .post("/fhir/Patient")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
  }

  @Test
  void an_operator_writes_reference_data_and_reads_no_patient() {
    var id = randomId();
    operator()
        .body("{\"resourceType\":\"Organization\",\"id\":\"" + id + "\",\"name\":\"示例\"}")
        .put("/fhir/Organization/" + id)
        .then()
        .statusCode(201);
    operator().get("/fhir/Organization/" + id).then().statusCode(200);
    fuling().get("/fhir/Organization/" + id).then().statusCode(200);
    operator().get("/fhir/Patient").then().statusCode(403);
    hospital()
        .body("{\"resourceType\":\"Organization\",\"id\":\"" + id + "\",\"name\":\"x\"}")
        .put("/fhir/Organization/" + id)
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("other-institutions-data"));
  }

  @Test
  void every_interaction_leaves_one_row_in_the_audit_refused_or_not() {
    var id = randomId();
    var correlation = randomId();
    hospital().header("X-Correlation-Id", correlation).body(patient(id)).put("/fhir/Patient/" + id);
    hospital().header("X-Correlation-Id", correlation).get("/fhir/Patient/" + id);
    fuling().header("X-Correlation-Id", correlation).get("/fhir/Patient/" + id);
    hospital().header("X-Correlation-Id", correlation).get("/fhir/Patient?_id=" + id);
    hospital().header("X-Correlation-Id", correlation).get("/fhir/Patient?colour=red");
    hospital().header("X-Correlation-Id", correlation).body("{").post("/fhir/Patient");
    hospital().header("X-Correlation-Id", correlation).body("{").post("/fhir");

    assertThat(audit.outcomes(correlation))
        .containsExactly(
            "update",
            "read",
            "read not-permitted",
            "search-type",
            "search-type search-parameter-unknown",
            "create resource-malformed",
            "transaction resource-malformed");
  }

  @Test
  void without_a_token_nothing_is_answered_but_the_capabilities() {
    RestAssured.given().get("/fhir/Patient").then().statusCode(401);
    RestAssured.given().get("/fhir/metadata").then().statusCode(200);
  }
}
