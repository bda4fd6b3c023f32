package io.yitong.hub.oversight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.recognition.books.CardId;
import io.yitong.hub.recognition.books.RecognitionBook;
import io.yitong.hub.recognition.books.Shown;
import io.yitong.hub.recognition.decision.Price;
import io.yitong.hub.recognition.decision.RegionTime;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.data.Offset;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class EvaluateMeasureTest {
  private static final CorrelationId CORRELATION = CorrelationId.random();

  @Inject EvaluateMeasure evaluate;
  @Inject RecognitionBook book;
  @Inject ReadResource record;

  @Test
  void the_measure_is_in_the_record_from_the_start() {
    var stored =
        record.current(
            new ResourceKey(ResourceType.Measure, "mutual-recognition"), ReadFilter.everything());

    assertThat(stored).map(found -> found.as(Measure.class).getVersion()).contains("1.0.0");
  }

  @Test
  void a_period_adds_up_from_its_events() {
    // Given
    var before = today();
    var accepted = prompt();
    var refused = prompt();
    prompt();

    // When
    book.recognised(accepted, "his", CORRELATION);
    book.refused(refused, "his", Optional.of("forensic"), Optional.empty(), CORRELATION);
    var after = today();

    // Then
    assertThat(count(after, "eligible-prompts") - count(before, "eligible-prompts")).isEqualTo(3);
    assertThat(count(after, "recognised") - count(before, "recognised")).isEqualTo(1);
    assertThat(count(after, "refused") - count(before, "refused")).isEqualTo(1);
    assertThat(ground(after, "forensic") - ground(before, "forensic")).isEqualTo(1);
    assertThat(score(after, "savings-gross").subtract(score(before, "savings-gross")))
        .isEqualByComparingTo("60");
    assertThat(score(after, "savings-net")).isEqualByComparingTo(score(after, "savings-gross"));
    assertThat(group(after, "savings-gross").getCode().getText()).contains("价格为示例");
    assertThat(after.getMeasure())
        .isEqualTo("https://yitong.io/fhir/Measure/mutual-recognition|1.0.0");
    assertThat(score(after, "rate-of-prompts").doubleValue())
        .isCloseTo(
            (double) count(after, "recognised") / count(after, "eligible-prompts"),
            Offset.offset(0.0001));
  }

  @Test
  void the_dollar_sign_of_an_operation_may_be_percent_encoded() {
    given()
        .urlEncodingEnabled(false)
        .auth()
        .oauth2(TestIssuer.token("regulator", null, "system/Measure.rs", "regulator"))
        .get(
            "/fhir/Measure/mutual-recognition/%24evaluate-measure"
                + "?periodStart=2026-01-01&periodEnd=2026-12-31")
        .then()
        .statusCode(200);
  }

  @Test
  void a_regulator_asks_over_http_and_a_hospital_may_not() {
    var address =
        "/fhir/Measure/mutual-recognition/$evaluate-measure"
            + "?periodStart=2026-01-01&periodEnd=2026-12-31";

    given()
        .urlEncodingEnabled(false) // would hide the dollar sign
        .auth()
        .oauth2(TestIssuer.token("regulator", null, "system/Measure.rs", "regulator"))
        .get(address)
        .then()
        .log()
        .ifValidationFails()
        .statusCode(200)
        .body("resourceType", equalTo("MeasureReport"));
    given()
        .urlEncodingEnabled(false) // would hide the dollar sign
        .auth()
        .oauth2(
            TestIssuer.token(
                "chongqing-his",
                "urn:yitong:institution:500106-university-hospital",
                "system/*.cruds",
                "hospital"))
        .get(address)
        .then()
        .statusCode(403);
  }

  @Test
  void a_period_without_events_has_counts_but_no_rates() {
    var report = report("1999-01", "1999");

    assertThat(count(report, "eligible-prompts")).isZero();
    assertThat(group(report, "rate-of-prompts").hasMeasureScore()).isFalse();
    assertThat(score(report, "savings-net")).isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02, 2026-03-01, periodEnd",
    "2026-13-01, 2026-12-31, periodStart",
    "2026-03-01, March, periodEnd"
  })
  void a_period_that_is_none_is_refused(String start, String end, String named) {
    assertThatThrownBy(() -> report(start, end)).hasMessageContaining(named);
  }

  @Test
  void a_missing_parameter_is_named() {
    assertThatThrownBy(() -> evaluate.invoke(call("mutual-recognition", new Parameters())))
        .hasMessageContaining("periodStart");
  }

  @Test
  void there_is_no_other_measure() {
    assertThatThrownBy(() -> evaluate.invoke(call("another", new Parameters())))
        .hasMessageContaining("Measure/another");
  }

  private MeasureReport today() {
    var day = RegionTime.day(Instant.now()).toString();
    return report(day, day);
  }

  private MeasureReport report(String start, String end) {
    var parameters = new Parameters();
    parameters.addParameter("periodStart", start);
    parameters.addParameter("periodEnd", end);
    var answer = evaluate.invoke(call("mutual-recognition", parameters));
    return (MeasureReport) ((OperationAnswer.Model) answer).resource();
  }

  private static Invocation call(String id, Parameters parameters) {
    return new Invocation(
        Optional.of(ResourceType.Measure),
        Optional.of(id),
        parameters,
        Optional.empty(),
        Caller.hub("test", CORRELATION),
        ReadFilter.nothing());
  }

  private Shown prompt() {
    var shown =
        new Shown(
            CardId.random(),
            true,
            new InstitutionId("urn:yitong:institution:500106-university-hospital"),
            "chongqing-his",
            "patient",
            new PersonId(UUID.randomUUID()),
            "Encounter/1",
            "LIVER",
            "2026.1",
            new Price(new BigDecimal("60"), true),
            Optional.of("{}"),
            List.of("Observation/1"));
    book.shown(List.of(shown), CORRELATION);
    return shown;
  }

  private static MeasureReportGroupComponent group(MeasureReport report, String code) {
    return report.getGroup().stream()
        .filter(group -> group.getCode().getCodingFirstRep().getCode().equals(code))
        .findFirst()
        .orElseThrow();
  }

  private static int count(MeasureReport report, String code) {
    return group(report, code).getPopulationFirstRep().getCount();
  }

  private static int ground(MeasureReport report, String code) {
    return group(report, "refused").getStratifierFirstRep().getStratum().stream()
        .filter(stratum -> code.equals(stratum.getValue().getCodingFirstRep().getCode()))
        .mapToInt(stratum -> stratum.getPopulationFirstRep().getCount())
        .sum();
  }

  private static BigDecimal score(MeasureReport report, String code) {
    return group(report, code).getMeasureScore().getValue();
  }
}
