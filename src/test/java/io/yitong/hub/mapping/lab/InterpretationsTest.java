package io.yitong.hub.mapping.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterpretationsTest {
  @ParameterizedTest
  @CsvSource({"H, H", "ll, LL", "HH, HH", "AA, AA", "↑, H", "↓↓, LL", "危急值, AA", "阳性, POS", "N, N"})
  void a_flag_has_its_code(String flag, String code) {
    assertThat(Interpretations.of(flag).getCodingFirstRep().getCode()).isEqualTo(code);
  }

  @Test
  void a_flag_nobody_knows_stays_text() {
    assertThat(Interpretations.of("复查").hasCoding()).isFalse();
    assertThat(Interpretations.of("复查").getText()).isEqualTo("复查");
  }
}
