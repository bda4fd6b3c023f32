package io.yitong.hub.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.yitong.hub.api.Clients;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Measure/feed-quality/$evaluate-measure}, over a month that nothing else is scored in. */
@QuarkusTest
class FeedQualityTest {
  private static final String INSTITUTION =
      "group[0].stratifier.find { it.code[0].text =~ /Inst/ }";
  private static final String TYPE = "group[0].stratifier.find { it.code[0].text =~ /type/ }";
  private static final String FAULT = "group[0].stratifier.find { it.code[0].text =~ /Fault/ }";

  private final String one = "500106-q" + ThreadLocalRandom.current().nextInt(1_000_000_000);
  private final String other = "500102-q" + ThreadLocalRandom.current().nextInt(1_000_000_000);
  private final int year = 2100 + ThreadLocalRandom.current().nextInt(5000);
  @Inject DataSource database;

  @BeforeEach
  void score() throws SQLException {
    score(one, "03-01", "Patient", 10, 4, 1);
    score(one, "03-02", "Observation", 100, 10, 0);
    score(one, "04-01", "Observation", 7, 7, 7);
    score(other, "03-31", "Patient", 5, 5, 3);
    fault(one, "03-01", 1);
    fault(other, "03-31", 3);
  }

  @Test
  void a_regulator_sees_the_region_by_institution() {
    var report = evaluate(regulator(), "").statusCode(200);

    report
        .body("measure", equalTo("https://yitong.io/fhir/Measure/feed-quality|1.0.0"))
        .body("group[0].population.count", equalTo(List.of(115, 19, 15)))
        .body("group[0].measureScore.value", equalTo(0.7895f))
        .body(INSTITUTION + ".stratum", hasSize(2))
        .body(stratum(INSTITUTION, urn(one)) + ".measureScore.value", equalTo(0.9286f))
        .body(stratum(INSTITUTION, urn(other)) + ".measureScore.value", equalTo(0.4f))
        .body(stratum(TYPE, "Patient") + ".population[0].count", equalTo(15))
        .body(FAULT + ".stratum[0].value.text", equalTo("Patient.name: minimum required = 1"))
        .body(FAULT + ".stratum[0].population[0].count", equalTo(4));
  }

  @Test
  void an_operator_asks_about_one_institution() {
    evaluate(operator(), "&subject=Organization/" + other)
        .statusCode(200)
        .body("subject.reference", equalTo("Organization/" + other))
        .body("group[0].population.count", equalTo(List.of(5, 5, 2)))
        .body("group[0].stratifier", hasSize(2));
  }

  @Test
  void an_institution_is_told_its_own_and_no_others() {
    var own = evaluate(hospital(one), "").statusCode(200);
    own.body("subject.identifier.value", equalTo(urn(one)))
        .body("group[0].population.count", equalTo(List.of(110, 14, 13)))
        .body(FAULT + ".stratum", hasSize(1));
    evaluate(hospital(one), "&subject=Organization/" + one).statusCode(200);
    assertThat(own.extract().asString()).doesNotContain(other);

    evaluate(hospital(one), "&subject=Organization/" + other)
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("not-permitted"));
  }

  @Test
  void what_is_not_understood_is_refused() {
    evaluate(regulator(), "&subject=Patient/1").statusCode(400);
    evaluate(regulator(), "&subject=Organization/none").statusCode(400);
    evaluate(regulator(), "&reportType=subject").statusCode(400);
    Clients.with(regulator())
        .get(
            "/fhir/Measure/mutual-recognition/$evaluate-measure?periodStart=2026&periodEnd=2026&subject=Organization/"
                + one)
        .then()
        .statusCode(400);
  }

  @Test
  void where_nothing_was_examined_there_is_no_score() {
    Clients.with(hospital(one))
        .get("/fhir/Measure/feed-quality/$evaluate-measure?periodStart=1999&periodEnd=1999")
        .then()
        .statusCode(200)
        .body("group[0].population.count", equalTo(List.of(0, 0, 0)))
        .body("group[0].measureScore", equalTo(null));
  }

  private ValidatableResponse evaluate(String token, String more) {
    var month = year + "-03";
    return Clients.with(token)
        .get(
            "/fhir/Measure/feed-quality/$evaluate-measure?periodStart=%s&periodEnd=%s%s"
                .formatted(month, month, more))
        .then();
  }

  private static String stratum(String stratifier, String of) {
    return stratifier + ".stratum.find { it.value.text == '" + of + "' }";
  }

  private static String urn(String name) {
    return "urn:yitong:institution:" + name;
  }

  private static String regulator() {
    return TestIssuer.token("regulator", null, "system/Measure.rs", "regulator");
  }

  private static String operator() {
    return TestIssuer.token("operator", null, "system/*.cruds", "operator");
  }

  private static String hospital(String name) {
    return TestIssuer.token("his", urn(name), "system/*.cruds", "hospital");
  }

  private void score(String of, String day, String type, int seen, int examined, int flawed)
      throws SQLException {
    execute(
        Sql.of(
            "insert into quality_score values (?, ?::date, ?, ?, ?, ?)",
            urn(of),
            year + "-" + day,
            type,
            (long) seen,
            (long) examined,
            (long) flawed));
  }

  private void fault(String of, String day, int occurrences) throws SQLException {
    execute(
        Sql.of(
            "insert into quality_flaw (institution, day, type, path, occurrences, text, example)"
                + " values (?, ?::date, 'Patient', 'Patient.name', ?, 'minimum required = 1', 'Patient/1')",
            urn(of),
            year + "-" + day,
            (long) occurrences));
  }

  private void execute(Sql sql) throws SQLException {
    try (var connection = database.getConnection()) {
      sql.update(connection);
    }
  }
}
