package io.yitong.hub.api.access;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.access.Persons.clinician;
import static io.yitong.hub.api.access.Persons.consent;
import static io.yitong.hub.api.access.Persons.inCare;
import static io.yitong.hub.api.access.Persons.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.api.access.Persons.Person;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Past the rules, with a reason, for a time, and everybody concerned is told. */
@QuarkusTest
class BreakGlassTest {
  @Inject AgroalDataSource database;

  @Test
  void the_whole_record_opens_to_the_one_clinician_at_once() {
    var person = inCare();
    consent(person, "{\"type\":\"deny\"}");
    sees(clinician("dr-li"), person.result(), false);

    breakGlass(clinician("dr-li"), person.here(), "昏迷，无法取得同意").then().statusCode(200);

    sees(clinician("dr-li"), person.result(), true);
    sees(clinician("dr-li"), person.hiv(), true);
    sees(clinician("dr-wu"), person.result(), false);
    sees(hospital(), person.result(), false);
  }

  @Test
  void it_ends() throws SQLException {
    var person = known();
    breakGlass(clinician("dr-li"), person.here(), "昏迷，无法取得同意").then().statusCode(200);
    sees(clinician("dr-li"), person.result(), true);

    letTimePass(person);

    sees(clinician("dr-li"), person.result(), false);
  }

  @Test
  void the_institutions_that_hold_the_record_and_the_privacy_officer_are_told() {
    var person = known();

    breakGlass(clinician("dr-li"), person.here(), "车祸，急诊手术").then().statusCode(200);

    var notices = "/fhir/Communication?category=break-glass&subject=Patient/";
    for (var told : java.util.List.of(fuling(), officer())) {
      var about = told.get(notices + person.there() + ",Patient/" + person.here());
      about
          .then()
          .statusCode(200)
          .body("entry", hasSize(1))
          .body("entry[0].resource.reasonCode[0].text", equalTo("车祸，急诊手术"))
          .body("entry[0].resource.payload[0].contentString", containsString("dr-li"));
    }
    hospital()
        .get(notices + person.here())
        .then()
        .body("entry.resource.recipient[0].identifier.value", hasItem(Clients.HOSPITAL));
  }

  @Test
  void a_reason_is_required() {
    var person = known();

    breakGlass(clinician("dr-li"), person.here(), "急").then().statusCode(400);
    clinician("dr-li")
        .body("{\"resourceType\":\"Parameters\"}")
        .post("/fhir/Patient/" + person.here() + "/$break-glass")
        .then()
        .statusCode(400);
    sees(clinician("dr-li"), person.result(), false);
  }

  @Test
  void whether_others_know_a_person_is_not_told() {
    var person = known();

    var others = breakGlass(clinician("dr-li"), person.there(), "昏迷，无法取得同意");
    var nobody = breakGlass(clinician("dr-li"), Clients.randomId(), "昏迷，无法取得同意");

    assertThat(others.statusCode()).isEqualTo(403);
    assertThat(others.asString()).isEqualTo(nobody.asString());
  }

  @Test
  void a_system_does_not() {
    breakGlass(hospital(), known().here(), "昏迷，无法取得同意").then().statusCode(403);
  }

  private static Response breakGlass(RequestSpecification caller, String patient, String reason) {
    return caller
        .header("X-Correlation-Id", "same")
        .body(
            """
            {"resourceType":"Parameters","parameter":[{"name":"reason","valueString":"%s"}]}"""
                .formatted(reason))
        .post("/fhir/Patient/" + patient + "/$break-glass");
  }

  private static void sees(RequestSpecification caller, String observation, boolean seen) {
    caller.get("/fhir/Observation/" + observation).then().statusCode(seen ? 200 : 403);
  }

  private static RequestSpecification officer() {
    return Clients.with(
        TestIssuer.token("privacy-officer", null, "system/*.rs", "privacy-officer"));
  }

  /** As much as it is open for. */
  private void letTimePass(Person person) throws SQLException {
    try (var connection = database.getConnection();
        var past =
            connection.prepareStatement(
                "update broken_glass set until = now() - interval '1 second' where patient = ?");
        var refresh = connection.prepareStatement("select refresh_patient_access(array[?])")) {
      past.setString(1, person.here());
      past.executeUpdate();
      refresh.setString(1, person.here());
      refresh.executeQuery();
    }
  }
}
