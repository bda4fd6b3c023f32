package io.yitong.hub.mapping.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabNumberTest {
  @ParameterizedTest
  @CsvSource({"5, 5", "5.20, 5.20", "-1.5, -1.5", "+3, 3", ".5, 0.5", "5., 5", "1e3, 1E+3"})
  void a_number_is_read_with_its_digits(String written, BigDecimal value) {
    assertThat(LabNumber.parse(written).orElseThrow().value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "阴性",
        "1:128",
        "5.2.1",
        "1,234",
        "5 mg",
        "--5",
        "<",
        "1e999999999",
        ".",
        "+",
        "５"
      })
  void what_is_no_number_is_none(String written) {
    assertThat(LabNumber.parse(written)).isEmpty();
  }

  @Property(tries = 200)
  void every_decimal_comes_back_as_it_went(
      @ForAll @Scale(4) @BigRange(min = "-1000000", max = "1000000") BigDecimal number) {
    assertThat(LabNumber.parse(number.toPlainString()).orElseThrow().value()).isEqualTo(number);
  }
}
