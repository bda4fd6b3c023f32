package io.yitong.hub.mapping.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceRangeTest {
  @ParameterizedTest
  @CsvSource({
    "9-50, 9, 50",
    "3.50--5.50, 3.50, 5.50",
    "15 ~ 40, 15, 40",
    "15～40, 15, 40",
    "0.0—1.2, 0.0, 1.2",
    "-2.0-2.0, -2.0, 2.0",
    "-3--1, -3, -1",
    "9-50 U/L, 9, 50",
    "3.5-9.5 10^9/L, 3.5, 9.5",
    "<40, , 40",
    "≤23, , 23",
    "＜40U/L, , 40",
    "≥60, 60,",
    ">60, 60,"
  })
  void an_interval_has_its_ends(String written, BigDecimal low, BigDecimal high) {
    var range = ReferenceRange.parse(written, "10^9/L");

    assertThat(range.low().orElse(null)).isEqualTo(low);
    assertThat(range.high().orElse(null)).isEqualTo(high);
    assertThat(range.text()).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"阴性", "男:9-50 女:7-40", "9-50;新生儿 20-80", "50-9", "9-", "-", "5", "<", "见说明"})
  void what_is_no_single_interval_stays_text(String written) {
    var range = ReferenceRange.parse(written, "U/L");

    assertThat(range.low()).isEmpty();
    assertThat(range.high()).isEmpty();
    assertThat(range.component("U/L").getText()).isEqualTo(written);
  }

  @Test
  void two_columns_make_one_interval() {
    assertThat(ReferenceRange.between("9", "50").text()).isEqualTo("9-50");
    assertThat(ReferenceRange.between("", "23").text()).isEqualTo("≤23");
    assertThat(ReferenceRange.between("60", "").text()).isEqualTo("≥60");
    assertThat(ReferenceRange.between("阴性", "").text()).isEqualTo("阴性");
  }
}
