package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisedTextTest {
  @ParameterizedTest
  @CsvSource({"RENÉ, rene", "  Éluard   Paul , eluard paul", "王瑋, 王瑋", "Ångström, angstrom"})
  void case_accents_and_blanks_do_not_count_and_chinese_stays(String text, String normalised) {
    assertThat(NormalisedText.of(text)).isEqualTo(normalised);
  }

  @Property
  void what_is_normal_stays_as_it_is(@ForAll String text) {
    var once = NormalisedText.of(text);

    assertThat(NormalisedText.of(once)).isEqualTo(once);
  }
}
