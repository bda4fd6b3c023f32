package io.yitong.hub.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {
  private static final Units UNITS = new Units();

  @ParameterizedTest
  @CsvSource({
    "×10^9/L, 10*9/L",
    "10~9/L, 10*9/L",
    "10^9/L, 10*9/L",
    "10*9/L, 10*9/L",
    "10⁹/L, 10*9/L",
    "109/L, 10*9/L",
    "x10¹²/L, 10*12/L",
    "*10^12/l, 10*12/L",
    "g/l, g/L",
    "G/DL, g/dL",
    "umol/L, umol/L",
    "μmol/L, umol/L",
    "µmol/L, umol/L",
    "UMOL/L, umol/L",
    "U/l, U/L",
    "u/L, U/L",
    "U/mL, U/mL",
    "IU/mL, [IU]/mL",
    "mIU/L, m[IU]/L",
    "uIU/ml, u[IU]/mL",
    "m[IU]/L, m[IU]/L",
    "mmHg, mm[Hg]",
    "mm[Hg], mm[Hg]",
    "％, %",
    "ｍｍｏｌ／Ｌ, mmol/L",
    "mmol / L, mmol/L",
    "fL, fL",
    "FL, fL",
    "个/HP, /[HPF]",
    "个/μL, /uL",
    "mL/min/1.73m2, mL/min/{1.73_m2}",
    "mg/L FEU, mg/L{FEU}",
    "INR, {INR}",
    "秒, s",
    "℃, Cel",
    "mosm/kg, mosm/kg"
  })
  void usual_spellings_are_understood(String written, String ucum) {
    assertThat(UNITS.ucum(written)).contains(ucum);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "阳性", "xyz", "g/", "[", "{x", "((", "10*9/", "G/L", "T/L", "mg//L/"})
  void what_is_no_unit_or_could_be_two_is_none(String written) {
    assertThat(UNITS.ucum(written)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "g/L, mmol/L",
    "10*9/L, mmol/L",
    "mmol/mol, %",
    "mg/g, %",
    "U/mL, [arb'U]/mL",
    "[IU]/L, U/L",
    "[IU]/mL, [arb'U]/mL",
    "mg/L{FEU}, mg/L{DDU}",
    "mg/L{FEU}, mg/L",
    "meq/L, mmol/L",
    "mosm/kg, mmol/kg",
    "{INR}, %",
    "{ratio}, {S_CO}",
    "Cel, K",
    "[pH], mol/L",
    "mL/min, mL/min/{1.73_m2}",
    "/[HPF], /uL"
  })
  void different_kinds_of_quantity_are_never_converted(String one, String other) {
    assertThat(UNITS.sameKind(one, other)).isFalse();
    assertThat(UNITS.convert(BigDecimal.TEN, one, other, Optional.empty())).isEmpty();
    assertThat(UNITS.convert(BigDecimal.TEN, other, one, Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "5.5, mmol/L, umol/L, 5500",
    "14, g/dL, g/L, 140",
    "0.45, L/L, %, 45",
    "7.2, 10*3/uL, 10*9/L, 7.2",
    "4.5, 10*6/uL, 10*12/L, 4.5",
    "3.5, u[IU]/mL, m[IU]/L, 3.5",
    "12, ng/mL, ug/L, 12",
    "120, mm[Hg], kPa, 15.99864",
    "60, U/L, ukat/L, 1",
    "2, min, s, 120"
  })
  void one_kind_of_quantity_is_converted(
      BigDecimal value, String from, String to, BigDecimal expected) {
    assertThat(UNITS.convert(value, from, to, Optional.empty()).orElseThrow())
        .isEqualByComparingTo(expected);
  }

  @Test
  void mass_and_substance_are_converted_by_the_molar_mass_only() {
    var glucose = Optional.of(new BigDecimal("180.156"));

    assertThat(UNITS.convert(new BigDecimal("5.5"), "mmol/L", "mg/dL", glucose).orElseThrow())
        .isEqualByComparingTo("99.0858");
    assertThat(UNITS.convert(new BigDecimal("99.0858"), "mg/dL", "mmol/L", glucose).orElseThrow())
        .isEqualByComparingTo("5.5");
    assertThat(UNITS.convert(new BigDecimal("5.5"), "mmol/L", "mg/dL", Optional.empty())).isEmpty();
  }

  @Test
  void a_molar_mass_makes_no_other_kinds_alike() {
    var mass = Optional.of(new BigDecimal("100"));

    assertThat(UNITS.convert(BigDecimal.TEN, "mmol/mol", "%", mass)).isEmpty();
    assertThat(UNITS.convert(BigDecimal.TEN, "10*9/L", "mmol/L", mass)).isEmpty();
    assertThat(UNITS.convert(BigDecimal.TEN, "[IU]/L", "g/L", mass)).isEmpty();
    assertThat(UNITS.convert(BigDecimal.TEN, "g/L", "mmol/L", Optional.of(BigDecimal.ZERO)))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "U/mL, [arb'U]/mL, [arb'U]/mL",
    "IU/L, U/L, U/L",
    "mU/L, m[IU]/L, m[IU]/L",
    "uU/mL, m[IU]/L, u[IU]/mL",
    "g/L, mg/L, g/L"
  })
  void the_expected_unit_decides_which_unit_of_activity_is_meant(
      String written, String expected, String meant) {
    assertThat(UNITS.ucumOfKind(written, expected)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"mg/L, mmol/L", "IU/mL, [arb'U]/mL", "U/L, mmol/L", "mmol/mol, %", "'', U/L"})
  void a_unit_of_another_kind_is_not_what_was_expected(String written, String expected) {
    assertThat(UNITS.ucumOfKind(written, expected)).isEmpty();
  }

  @Property(tries = 300)
  void there_and_back_is_the_same_number(
      @ForAll @Scale(3) @BigRange(min = "0.001", max = "100000") BigDecimal value,
      @ForAll("concentrations") String from,
      @ForAll("concentrations") String to) {
    var there = UNITS.convert(value, from, to, Optional.empty()).orElseThrow();

    assertThat(UNITS.convert(there, to, from, Optional.empty()).orElseThrow())
        .isEqualByComparingTo(value);
  }

  @Property(tries = 500)
  void whatever_is_written_is_a_unit_or_none(@ForAll("scribbles") String written) {
    UNITS.ucum(written).ifPresent(code -> assertThat(UNITS.sameKind(code, code)).isTrue());
  }

  @Provide
  Arbitrary<String> concentrations() {
    return Arbitraries.of("g/L", "mg/dL", "ug/L", "ng/mL", "pg/mL", "kg/m3", "mg/L");
  }

  @Provide
  Arbitrary<String> scribbles() {
    return Arbitraries.strings()
        .withChars("gLUmolu/.*^()[]{}0123456789%×μ-+ IdH".toCharArray())
        .ofMaxLength(12);
  }
}
