package io.yitong.hub.console;

import static io.yitong.hub.console.Ward.HOSPITAL;
import static io.yitong.hub.console.Ward.OTHER_HOSPITAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.record.sql.Sql;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConsoleResultsTest {
  private final Ward ward;
  private final AuditRows audit;
  private final DataSource database;

  ConsoleResultsTest(Ward ward, AuditRows audit, DataSource database) {
    this.database = database;
    this.ward = ward;
    this.audit = audit;
  }

  @Test
  void a_doctor_finds_a_patient_by_the_hospitals_number() {
    var patient = ward.patient(HOSPITAL, Ward.residentId());
    ward.admit(HOSPITAL, patient);

    doctor()
        .ask("patients?number=" + Ward.number(patient))
        .then()
        .statusCode(200)
        .body("patients.id", contains(patient))
        .body("patients[0].name", equalTo("王瑋"))
        .body("patients[0].gender", equalTo("male"))
        .body("patients[0].birthDate", equalTo("1971-05-04"))
        .body("patients[0].ageYears", greaterThan(50))
        .body("patients[0].residentId", matchesPattern("5116\\d\\d\\*{8}\\d{3}[\\dX]"));
  }

  @Test
  void a_person_known_to_two_hospitals_is_found_once_by_resident_id() {
    var residentId = Ward.residentId();
    var elsewhere = ward.patient(OTHER_HOSPITAL, residentId);
    var here = ward.patient(HOSPITAL, residentId);
    ward.admit(HOSPITAL, here);

    doctor()
        .ask("patients?residentId=" + residentId)
        .then()
        .statusCode(200)
        .body("patients.id", contains(here))
        .body(
            "patients[0].numbers.number",
            containsInAnyOrder(Ward.number(here), Ward.number(elsewhere)))
        .body("patients[0].numbers.institution.zh", hasItem("涪陵区医院（示例）"));
  }

  @Test
  void nobody_in_the_hospitals_care_is_found_who_is_not() {
    var residentId = Ward.residentId();
    ward.patient(OTHER_HOSPITAL, residentId);

    doctor().ask("patients?residentId=" + residentId).then().body("patients", empty());
    doctor().ask("patients?number=none-such").then().body("patients", empty());
  }

  @Test
  void results_of_all_hospitals_stand_in_one_line_newest_first() {
    var residentId = Ward.residentId();
    var here = ward.patient(HOSPITAL, residentId);
    ward.admit(HOSPITAL, here);
    var elsewhere = ward.patient(OTHER_HOSPITAL, residentId);
    ward.alanineAminotransferase(HOSPITAL, here, "2026-03-01T07:30:00+08:00", "32");
    ward.alanineAminotransferase(OTHER_HOSPITAL, elsewhere, "2026-03-03T08:00:00+08:00", "61.50");

    doctor()
        .ask("patients/" + here + "/results")
        .then()
        .statusCode(200)
        .body("patient.id", equalTo(here))
        .body("sources.kind", contains("own", "region"))
        .body("analytes", hasSize(1))
        .body("analytes[0].name.zh", equalTo("丙氨酸氨基转移酶"))
        .body("analytes[0].name.en", equalTo("Alanine aminotransferase"))
        .body("analytes[0].loinc", equalTo("1742-6"))
        .body("analytes[0].unit", equalTo("U/L"))
        .body("analytes[0].count", equalTo(2))
        .body("analytes[0].latest.text", equalTo("61.50"))
        .body("analytes[0].results.text", contains("61.50", "32"))
        .body("analytes[0].results.flag", contains("high", "normal"))
        .body("analytes[0].results.range", contains("9–50", "9–50"))
        .body("analytes[0].results.source", contains(OTHER_HOSPITAL.urn(), HOSPITAL.urn()))
        .body("analytes[0].results[0].laboratory.zh", equalTo("涪陵区医院（示例）"))
        .body("analytes[0].results[0].collectedAt", equalTo("2026-03-03T00:00:00Z"))
        .body("partners", empty());
  }

  @Test
  void a_stranger_and_nobody_are_refused_alike_and_both_looks_are_on_record() {
    var stranger = ward.patient(OTHER_HOSPITAL, Ward.residentId());
    var doctor = doctor();
    var looks = UUID.randomUUID().toString();

    var known = look(doctor, stranger, looks);
    var unknown = look(doctor, UUID.randomUUID().toString(), looks);

    assertThat(known.statusCode()).isEqualTo(403);
    assertThat(known.body().asString()).isEqualTo(unknown.body().asString());
    assertThat(audit.under(looks))
        .containsExactly("yitong-console not-permitted 4", "yitong-console not-permitted 4");
  }

  @Test
  void a_look_leaves_one_audit_row() {
    var patient = ward.patient(HOSPITAL, Ward.residentId());
    ward.admit(HOSPITAL, patient);
    var call = UUID.randomUUID().toString();
    look(doctor(), patient, call).then().statusCode(200);
    assertThat(audit.under(call)).containsExactly("yitong-console - 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"patients?number=1", "patients?residentId=1", "patients/1/results"})
  void patients_are_for_clinicians(String question) {
    operator().ask(question).then().statusCode(403);
  }

  @Test
  void a_search_for_nothing_is_refused_in_both_languages() {
    doctor()
        .ask("patients")
        .then()
        .statusCode(400)
        .body("issue[0].details.text", equalTo("缺少参数 number / residentId"))
        .body("issue[0].diagnostics", equalTo("The parameter number / residentId is missing"));
  }

  @Test
  void an_operator_sees_every_feed_of_this_hub() {
    operator()
        .ask("feeds")
        .then()
        .statusCode(200)
        .body("windowHours", equalTo(24))
        .body("feeds.institution", hasItem(HOSPITAL.urn()))
        .body("feeds.name.zh", hasItem("重庆大学城医院（示例）"))
        .body("feeds[0].counts.state", contains("accepted", "waiting", "quarantined", "refused"));
  }

  @Test
  void an_operator_sees_the_quality_of_what_an_institution_s_feeds_brought() throws SQLException {
    var quality = "feeds.find { it.institution == '" + HOSPITAL.urn() + "' }.quality";
    operator().ask("feeds").then().statusCode(200).body(quality, nullValue());
    try (var connection = database.getConnection()) {
      Sql.of(
              "insert into quality_score (institution, day, type, seen, examined, flawed) values"
                  + " (?, current_date - 1, 'Patient', 30, 9, 1), (?, current_date - 2, 'Basic', 9, 3, 0)",
              HOSPITAL.urn(),
              HOSPITAL.urn())
          .update(connection);
    }

    operator()
        .ask("feeds")
        .then()
        .statusCode(200)
        .body(quality + ".percent", equalTo(91.7f))
        .body(quality + ".examined", equalTo(12));
  }

  @Test
  void feeds_are_for_operators() {
    var call = UUID.randomUUID().toString();
    doctor()
        .asking()
        .header("X-Correlation-Id", call)
        .get("/console/api/feeds")
        .then()
        .statusCode(403);
    assertThat(audit.under(call)).containsExactly("yitong-console not-permitted 4");
  }

  private static Response look(Browser browser, String patientId, String correlation) {
    return browser
        .asking()
        .header("X-Correlation-Id", correlation)
        .get("/console/api/patients/" + patientId + "/results");
  }

  private static Browser doctor() {
    return Browser.signedIn("doctor", HOSPITAL.urn(), "clinician");
  }

  private static Browser operator() {
    return Browser.signedIn("operator", null, "operator");
  }
}
