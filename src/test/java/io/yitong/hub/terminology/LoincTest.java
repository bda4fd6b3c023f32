package io.yitong.hub.terminology;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoincTest {
  @ParameterizedTest
  @ValueSource(strings = {"1742-6", "2885-2", "14631-6", "6690-2", "58410-2", "24325-3", "4548-4"})
  void a_number_with_its_check_digit_is_valid(String code) {
    assertThat(Loinc.valid(code)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1742-7", "", "1742", "-6", "1742-66", "A742-6", "12345678-1", "1742-x"})
  void any_other_is_not(String code) {
    assertThat(Loinc.valid(code)).isFalse();
  }
}
