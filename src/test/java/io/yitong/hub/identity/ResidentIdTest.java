package io.yitong.hub.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentIdTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @Test
  void a_number_with_the_right_check_digit_tells_birth_date_and_sex() {
    var id = ResidentId.read("11010519491231002X", TODAY).orElseThrow();

    assertThat(id.birthDate()).isEqualTo("1949-12-31");
    assertThat(id.gender()).isEqualTo("female");
  }

  @Test
  void fifteen_digits_become_eighteen() {
    assertThat(ResidentId.read("110105491231002", TODAY))
        .contains(new ResidentId("11010519491231002X"));
  }

  @Test
  void blanks_and_a_small_x_are_forgiven() {
    assertThat(ResidentId.read(" 110105 19491231 002x", TODAY))
        .contains(new ResidentId("11010519491231002X"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "110105194912310021", // check digit
        "990105194912310024", // no such province
        "110105194902300022", // 30 February
        "110105202703020010", // not born yet
        "11010519491231002", // too short
        "1101051949123100XX",
        "护照E12345678",
        ""
      })
  void what_gb_11643_does_not_allow_is_no_resident_id(String written) {
    assertThat(ResidentId.read(written, TODAY)).isEmpty();
  }

  @Property
  void any_single_wrong_digit_is_noticed(
      @ForAll @IntRange(min = 0, max = 16) int place, @ForAll @IntRange(min = 1, max = 9) int by) {
    var digits = "11010519491231002X".toCharArray();
    digits[place] = (char) ('0' + (digits[place] - '0' + by) % 10);

    assertThat(ResidentId.read(new String(digits), TODAY)).isEmpty();
  }
}
