package io.yitong.hub.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.step.WriteBatch;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddStandardCodesTest {
  private static final InstitutionId HOSPITAL =
      new InstitutionId("urn:yitong:institution:511623-people-hospital");

  @TempDir Path routes;

  private AddStandardCodes step;

  @BeforeEach
  void readCodeMap() throws IOException {
    var folder = Files.createDirectories(routes.resolve("institutions"));
    Files.writeString(
        folder.resolve("511623-people-hospital-codes.csv"),
        """
        code,display,loinc,unit,property
        LIVER,肝功能,24325-3,,
        TBIL,总胆红素,14631-6,μmol/L,SCnc
        ALT,谷丙,1742-6,U/L,CCnc
        CA125,糖链抗原125,10334-1,[arb'U]/mL,ACnc
        HBA1C,糖化血红蛋白,4548-4,%,MFr
        INR,国际标准化比值,6301-6,{INR},RelTime
        HBsAg,乙肝表抗,5196-1,,PrThr
        LOCAL,院内项目,,U/L,
        """);
    var units = new Units();
    step = new AddStandardCodes(new CodeMaps(units, routes), units);
  }

  @ParameterizedTest
  @CsvSource({
    "TBIL, μmol/L, 14631-6, umol/L",
    "TBIL, mmol/L, 14631-6, mmol/L",
    "ALT, U/l, 1742-6, U/L",
    "ALT, IU/L, 1742-6, U/L",
    "CA125, U/mL, 10334-1, [arb'U]/mL"
  })
  void a_result_whose_unit_agrees_gets_loinc_and_ucum(
      String code, String unit, String loinc, String ucum) {
    var result = added(result(code, new Quantity().setValue(5).setUnit(unit)));

    assertThat(loinc(result.getCode())).contains(loinc);
    assertThat(result.getValueQuantity().getSystem()).isEqualTo(NamingSystems.UCUM);
    assertThat(result.getValueQuantity().getCode()).isEqualTo(ucum);
    assertThat(result.getValueQuantity().getUnit()).isEqualTo(unit);
  }

  @ParameterizedTest
  @CsvSource({
    "TBIL, mg/dL, mg/dL",
    "HBA1C, mmol/mol, mmol/mol",
    "ALT, mmol/L, mmol/L",
    "HBsAg, IU/mL, [IU]/mL"
  })
  void a_unit_of_another_kind_keeps_loinc_off_and_is_ucum_all_the_same(
      String code, String unit, String ucum) {
    var result = added(result(code, new Quantity().setValue(5).setUnit(unit)));

    assertThat(loinc(result.getCode())).isEmpty();
    assertThat(result.getValueQuantity().getCode()).isEqualTo(ucum);
  }

  @Test
  void a_number_without_a_unit_says_too_little() {
    assertThat(loinc(added(result("ALT", new Quantity().setValue(5))).getCode())).isEmpty();
    assertThat(loinc(added(result("INR", new Quantity().setValue(1.1))).getCode()))
        .contains("6301-6");
  }

  @Test
  void a_result_in_words_has_no_unit_to_contradict() {
    var result = result("HBsAg", null);
    result.setValue(new StringType("阴性"));

    assertThat(loinc(added(result).getCode())).contains("5196-1");
  }

  @Test
  void the_reference_range_has_the_unit_of_the_result() {
    var result = result("TBIL", new Quantity().setValue(5).setUnit("μmol/L"));
    result
        .addReferenceRange()
        .setHigh(new Quantity().setValue(new BigDecimal("23")).setUnit("μmol/L"));

    assertThat(added(result).getReferenceRangeFirstRep().getHigh().getCode()).isEqualTo("umol/L");
    assertThat(result.getReferenceRangeFirstRep().hasLow()).isFalse();
  }

  @Test
  void an_order_gets_loinc_too() {
    var order = new ServiceRequest().setCode(local("LIVER"));

    before(order, Optional.of(HOSPITAL));

    assertThat(loinc(order.getCode())).contains("24325-3");
  }

  @Test
  void a_code_without_loinc_and_a_code_nobody_mapped_stay_as_they_are() {
    for (var code : List.of("LOCAL", "UNHEARD")) {
      var result = added(result(code, new Quantity().setValue(5).setUnit("U/L")));

      assertThat(result.getCode().getCoding()).hasSize(1);
      assertThat(result.getValueQuantity().getCode()).isEqualTo("U/L");
    }
  }

  @Test
  void a_loinc_code_of_the_senders_own_is_left_alone() {
    var result = result("ALT", new Quantity().setValue(5).setUnit("U/L"));
    result.getCode().addCoding().setSystem(NamingSystems.LOINC).setCode("1743-4");

    assertThat(loinc(added(result).getCode())).contains("1743-4");
    assertThat(result.getCode().getCoding()).hasSize(2);
  }

  @Test
  void what_was_done_once_is_not_done_again() {
    var result = added(result("ALT", new Quantity().setValue(5).setUnit("U/L")));
    var once = result.copy();

    assertThat(added(result).equalsDeep(once)).isTrue();
  }

  @Test
  void the_code_map_of_one_institution_says_nothing_of_anothers_codes() {
    var result = result("ALT", new Quantity().setValue(5).setUnit("U/L"));

    before(result, Optional.of(new InstitutionId("urn:yitong:institution:500106-other")));

    assertThat(loinc(result.getCode())).isEmpty();
  }

  private Observation added(Observation observation) {
    before(observation, Optional.of(HOSPITAL));
    return observation;
  }

  private void before(Resource resource, Optional<InstitutionId> institution) {
    var caller = Caller.hub("test", CorrelationId.random());
    var context = new WriteContext(caller, institution, Optional.empty(), "urn:uuid:1");
    step.before(WriteBatch.of(context, List.of(resource)));
  }

  private static Observation result(String code, Quantity value) {
    var observation = new Observation();
    observation.setCode(local(code)).setValue(value);
    return observation;
  }

  private static CodeableConcept local(String code) {
    return new CodeableConcept(
        new Coding().setSystem(HOSPITAL.numberSystem("lab-code")).setCode(code));
  }

  private static Optional<String> loinc(CodeableConcept concept) {
    return concept.getCoding().stream()
        .filter(coding -> NamingSystems.LOINC.equals(coding.getSystem()))
        .map(Coding::getCode)
        .reduce((a, b) -> a + " " + b);
  }
}
