package io.yitong.hub.api.access;

import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.access.Persons.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.testing.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A client whose scopes do not open Observations gets none, and learns of none, by whichever way.
 * Each beside one whose scopes do.
 */
@QuarkusTest
class ScopeEscalationTest {
  private static final String NARROW = "system/Patient.cruds system/Encounter.rs system/List.rs";

  private String patient;
  private String observation;

  @BeforeEach
  void aPatientWithAResult() {
    patient = put(hospital(), Fixtures.patient(Fixtures.randomId()));
    observation =
        put(hospital(), Fixtures.observation(patient, "ALT", "2026-03-01T07:30:00+08:00", 32));
  }

  @Test
  void by_a_batch() {
    var batch = bundle("batch", "Observation/" + observation);

    assertThat(narrow().body(batch).post("/fhir").jsonPath().getString("entry[0].response.status"))
        .startsWith("403");
    assertThat(
            hospital().body(batch).post("/fhir").jsonPath().getString("entry[0].response.status"))
        .startsWith("200");
  }

  @Test
  void by_a_read_in_a_transaction() {
    var transaction = bundle("transaction", "Observation?patient=" + patient);

    narrow().body(transaction).post("/fhir").then().statusCode(403);
    hospital().body(transaction).post("/fhir").then().statusCode(200);
  }

  @Test
  void by_an_include() {
    var search = "/fhir/Patient?_id=" + patient + "&_revinclude=Observation:patient";

    assertThat(types(narrow().get(search))).containsOnly("Patient");
    assertThat(types(hospital().get(search))).contains("Patient", "Observation");
  }

  @Test
  void by_what_refers_to_it() {
    var search =
        "/fhir/Patient?_id="
            + patient
            + "&_has:Observation:patient:_id="
            + observation
            + "&_total=accurate";

    narrow().get(search).then().body("total", equalTo(0));
    hospital().get(search).then().body("total", equalTo(1));
  }

  @Test
  void by_a_chain() {
    var list = Clients.randomId();
    hospital()
        .body(
            """
            {"resourceType":"List","id":"%s","status":"current","mode":"working",
             "subject":{"reference":"Patient/%s"},"entry":[{"item":{"reference":"Observation/%s"}}]}"""
                .formatted(list, patient, observation))
        .put("/fhir/List/" + list)
        .then()
        .statusCode(201);
    var search = "/fhir/List?_id=" + list + "&item:Observation.status=final&_total=accurate";

    narrow().get(search).then().body("total", equalTo(0));
    hospital().get(search).then().body("total", equalTo(1));
  }

  @Test
  void by_a_count() {
    narrow().get("/fhir/Observation?_summary=count").then().statusCode(403);
    narrow().get("/fhir/Observation?_total=accurate&_count=0").then().statusCode(403);
    hospital().get("/fhir/Observation?_total=accurate&_count=0").then().statusCode(200);
  }

  @Test
  void by_the_patients_whole_record() {
    var everything = "/fhir/Patient/" + patient + "/$everything";

    assertThat(types(narrow().get(everything))).doesNotContain("Observation");
    assertThat(types(hospital().get(everything))).contains("Observation");
  }

  @Test
  void by_the_compartment() {
    var compartment = "/fhir/Patient/" + patient + "/*";

    assertThat(types(narrow().get(compartment))).doesNotContain("Observation");
    assertThat(types(hospital().get(compartment))).contains("Observation");
    narrow().get("/fhir/Patient/" + patient + "/Observation").then().statusCode(403);
  }

  @Test
  void by_a_search_of_the_system() {
    var search = "/fhir?_type=Patient,Observation&_id=" + patient + "," + observation;

    assertThat(types(narrow().get(search))).containsOnly("Patient");
    assertThat(types(hospital().get(search))).contains("Patient", "Observation");
  }

  @Test
  void by_a_history() {
    assertThat(types(narrow().get("/fhir/_history?_count=200"))).doesNotContain("Observation");
    narrow().get("/fhir/Observation/_history").then().statusCode(403);
    narrow().get("/fhir/Observation/" + observation + "/_history").then().statusCode(403);
    hospital().get("/fhir/Observation/" + observation + "/_history").then().statusCode(200);
  }

  @Test
  void by_an_operation() {
    narrow()
        .get("/fhir/Observation/$lastn?patient=" + patient + "&category=laboratory")
        .then()
        .statusCode(403);
    narrow().get("/fhir/Observation/" + observation + "/$meta").then().statusCode(403);
    narrow().get("/fhir/Patient/" + patient + "/$meta").then().statusCode(200);
    assertThat(narrow().get("/fhir/Patient/" + patient + "/$summary").asString())
        .doesNotContain(observation);
  }

  @Test
  void by_an_export() {
    narrow()
        .header("Prefer", "respond-async")
        .get("/fhir/$export?_type=Observation")
        .then()
        .statusCode(403);
    hospital()
        .header("Prefer", "respond-async")
        .get("/fhir/$export?_type=Observation")
        .then()
        .statusCode(202);
  }

  @Test
  void by_the_criterion_of_a_conditional_update() {
    var criterion = "_id=" + patient + "&_has:Observation:patient:_id=" + observation;
    var body = Clients.patient(patient).replace("\"id\":\"" + patient + "\",", "");

    // As if there were no such Observation.
    narrow()
        .body(body.replace(patient, Clients.randomId()))
        .put("/fhir/Patient?" + criterion)
        .then()
        .statusCode(201);
    hospital().body(body).put("/fhir/Patient?" + criterion).then().statusCode(200);
  }

  @Test
  void by_the_criterion_of_a_conditional_delete() {
    var criterion = "_id=" + patient + "&_has:Observation:patient:_id=" + observation;

    narrow().delete("/fhir/Patient?" + criterion).then().statusCode(204);

    hospital().get("/fhir/Patient/" + patient).then().statusCode(200);
  }

  @Test
  void by_the_criterion_of_a_conditional_create() {
    var mayNotSearch = with("system/Patient.cru");

    mayNotSearch
        .header("If-None-Exist", "_id=" + patient)
        .body(Clients.patient(Clients.randomId()))
        .post("/fhir/Patient")
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
  }

  @Test
  void by_a_patch_or_an_update_of_what_the_scope_does_not_reach() {
    var laboratoryOnly = with("system/Observation.cruds?category=laboratory");
    var vital = Fixtures.observation(patient, "HR", "2026-03-01T07:30:00+08:00", 72);
    vital.getCategoryFirstRep().getCodingFirstRep().setCode("vital-signs");
    var id = put(hospital(), vital);
    var patch = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"amended\"}]";

    patch(laboratoryOnly, patch, id).then().statusCode(403);
    patch(with("system/Observation.cruds?category=laboratory"), patch, observation)
        .then()
        .statusCode(200);
  }

  @Test
  void by_writing_out_of_the_part_that_the_scope_opens() {
    var laboratoryOnly = "system/Observation.cruds?category=laboratory";
    var vital =
        Clients.observation(observation, patient)
            .replace("\"code\":\"laboratory\"", "\"code\":\"vital-signs\"");

    with(laboratoryOnly).body(vital).put("/fhir/Observation/" + observation).then().statusCode(403);
    with(laboratoryOnly)
        .body(vital.replace("\"id\":\"" + observation + "\",", ""))
        .post("/fhir/Observation")
        .then()
        .statusCode(403);
    with(laboratoryOnly).get("/fhir/Observation/" + observation).then().statusCode(200);
  }

  private static Response patch(RequestSpecification caller, String patch, String id) {
    return caller
        .contentType("application/json-patch+json")
        .body(patch)
        .patch("/fhir/Observation/" + id);
  }

  private static RequestSpecification narrow() {
    return with(NARROW);
  }

  private static RequestSpecification with(String scope) {
    return Clients.with(TestIssuer.token("chongqing-his", Clients.HOSPITAL, scope, "hospital"));
  }

  private static String bundle(String type, String url) {
    return """
    {"resourceType":"Bundle","type":"%s","entry":[{"request":{"method":"GET","url":"%s"}}]}"""
        .formatted(type, url);
  }

  private static java.util.List<String> types(Response answer) {
    answer.then().statusCode(200);
    return answer.jsonPath().getList("entry.resource.resourceType");
  }
}
