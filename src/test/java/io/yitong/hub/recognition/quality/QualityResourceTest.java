package io.yitong.hub.recognition.quality;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.step.WriteBatch;
import io.yitong.hub.recognition.decision.EqaRound;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QualityResourceTest {
  private static final String EQA =
      "laboratory,loinc,scope,round,result,surveyed,published,valid_until\n";
  private static final String IQC = "laboratory,loinc,status,since\n";
  private static final Loinc ALT = new Loinc("1742-6");

  @Inject QualityRegister register;
  @Inject MarkResults mark;
  @Inject EntityManager entities;

  @Test
  void a_round_is_in_the_register_at_once() {
    // Given
    var laboratory = laboratory();

    // When
    var answer = post("eqa", EQA + laboratory + ",1742-6,chuanyu,2026-1,passed" + DATES);

    // Then
    answer.then().statusCode(200).body("added", equalTo(1)).body("replaced", equalTo(0));
    assertThat(round(laboratory)).map(EqaRound::passed).contains(true);
  }

  @Test
  void a_newer_upload_replaces_a_round_and_the_old_row_stays() {
    // Given
    var laboratory = laboratory();
    post("eqa", EQA + laboratory + ",1742-6,chuanyu,2026-1,passed" + DATES);

    // When
    var answer = post("eqa", EQA + laboratory + ",1742-6,chuanyu,2026-1,failed" + DATES);

    // Then
    answer.then().statusCode(200).body("added", equalTo(0)).body("replaced", equalTo(1));
    assertThat(round(laboratory)).map(EqaRound::passed).contains(false);
    assertThat(rows(laboratory)).isEqualTo(2);
  }

  @Test
  void the_same_again_changes_nothing() {
    // Given
    var file = EQA + laboratory() + ",1742-6,chuanyu,2026-1,passed" + DATES;
    post("eqa", file);

    // When
    var answer = post("eqa", file);

    // Then
    answer.then().statusCode(200).body("unchanged", equalTo(1)).body("added", equalTo(0));
  }

  @Test
  void every_bad_line_is_named_and_nothing_is_taken() {
    // Given
    var laboratory = laboratory();
    var file =
        EQA
            + laboratory
            + ",1742-6,chuanyu,2026-1,passed"
            + DATES
            + "Linshui,1742-6,chuanyu,2026-1,passed"
            + DATES
            + laboratory
            + ",1742-7,chuanyu,2026-1,passed"
            + DATES
            + laboratory
            + ",1920-8,mars,2026-1,passed"
            + DATES
            + laboratory
            + ",1920-8,chuanyu,2026-1,good"
            + DATES
            + laboratory
            + ",1920-8,chuanyu,2026-1,passed,2026-01-10,2026-13-01,2026-12-31\n"
            + laboratory
            + ",1920-8,chuanyu,2026-1,passed,2026-01-10,2026-02-01,2025-12-31\n"
            + laboratory
            + ",1742-6,chuanyu,2026-1,failed"
            + DATES;

    // When
    var answer = post("eqa", file);

    // Then
    answer
        .then()
        .statusCode(400)
        .body("issue", hasSize(7))
        .body("issue[0].diagnostics", containsString("line 3, column laboratory"))
        .body("issue[1].diagnostics", containsString("line 4, column loinc"))
        .body("issue[2].diagnostics", containsString("line 5, column scope"))
        .body("issue[3].diagnostics", containsString("line 6, column result"))
        .body("issue[4].diagnostics", containsString("line 7, column published"))
        .body("issue[5].diagnostics", containsString("line 8, column published"))
        .body("issue[6].diagnostics", containsString("repeats line 2"));
    assertThat(round(laboratory)).isEmpty();
  }

  @Test
  void a_missing_column_is_named() {
    post("iqc", "laboratory,loinc,since\nx,1742-6,2026-01-01T00:00:00+08:00\n")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("lacks the column status"));
  }

  @Test
  void an_empty_file_and_bytes_that_are_no_utf_8_are_refused() {
    post("iqc", IQC).then().statusCode(400).body("issue[0].diagnostics", containsString("no rows"));
    given()
        .auth()
        .oauth2(token("quality-body"))
        .contentType("text/csv")
        .body(new byte[] {(byte) 0xFF, (byte) 0xFE, 'a'})
        .post("/quality/iqc")
        .then()
        .statusCode(400)
        .body("issue[0].diagnostics", containsString("not UTF-8"));
  }

  @Test
  void only_the_quality_body_may_send_evidence() {
    var file = EQA + laboratory() + ",1742-6,chuanyu,2026-1,passed" + DATES;

    given()
        .auth()
        .oauth2(token("hospital"))
        .contentType("text/csv")
        .body(file)
        .post("/quality/eqa")
        .then()
        .statusCode(403)
        .body("issue[0].code", equalTo("forbidden"));
  }

  @Test
  void a_result_carries_the_mark_of_the_register_and_no_other() {
    // Given
    var laboratory = laboratory();
    post("eqa", EQA + laboratory + ",1742-6,chuanyu,2026-1,passed" + DATES);
    var marked = result(laboratory, "1742-6", "2026-03-01T07:30:00+08:00");
    var claimed = result(laboratory, "1920-8", "2026-03-01T07:30:00+08:00");
    claimed.addExtension(NamingSystems.RECOGNITION_MARK, new StringType("川渝HR"));
    var before = result(laboratory, "1742-6", "2026-01-31T07:30:00+08:00");
    var undated = result(laboratory, "1742-6", "2026-03-01T07:30:00+08:00");
    undated.setEffective(null);

    // When
    mark.before(WriteBatch.of(context(laboratory), List.of(marked, claimed, before, undated)));

    // Then
    assertThat(markOf(marked)).contains("chuanyu 川渝HR");
    assertThat(markOf(claimed)).isEmpty();
    assertThat(markOf(before)).isEmpty();
    assertThat(markOf(undated)).isEmpty();
  }

  private static final String DATES = ",2026-01-10,2026-02-01,2026-12-31\n";

  private static Response post(String what, String file) {
    return given()
        .auth()
        .oauth2(token("quality-body"))
        .contentType("text/csv; charset=UTF-8")
        .body(file)
        .post("/quality/" + what);
  }

  private static String token(String role) {
    return TestIssuer.token(role, null, "system/*.rs", role);
  }

  private static InstitutionId laboratory() {
    return new InstitutionId("urn:yitong:institution:511623-lab-" + UUID.randomUUID());
  }

  private Optional<EqaRound> round(InstitutionId laboratory) {
    return register.evidence().standing(laboratory, ALT, "chuanyu", LocalDate.of(2026, 3, 1));
  }

  private long rows(InstitutionId laboratory) {
    return entities
        .createQuery("select count(*) from EqaRow where laboratory = ?1", Long.class)
        .setParameter(1, laboratory.urn())
        .getSingleResult();
  }

  private static Observation result(InstitutionId laboratory, String loinc, String collected) {
    var result = new Observation();
    result.addCategory(
        new CodeableConcept(new Coding(NamingSystems.OBSERVATION_CATEGORY, "laboratory", null)));
    result.setCode(new CodeableConcept(new Coding(NamingSystems.LOINC, loinc, null)));
    result.setEffective(new DateTimeType(collected));
    result.addPerformer(new Reference().setIdentifier(laboratory.asIdentifier()));
    return result;
  }

  private static WriteContext context(InstitutionId institution) {
    return new WriteContext(
        Caller.hub("test", CorrelationId.random()),
        Optional.of(institution),
        Optional.empty(),
        "urn:test");
  }

  private static Optional<String> markOf(Observation result) {
    return Optional.ofNullable(result.getExtensionByUrl(NamingSystems.RECOGNITION_MARK))
        .map(extension -> (CodeableConcept) extension.getValue())
        .map(concept -> concept.getCodingFirstRep().getCode() + " " + concept.getText());
  }
}
