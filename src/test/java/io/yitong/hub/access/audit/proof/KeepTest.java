package io.yitong.hub.access.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepTest {
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  @Test
  void three_years_and_half_a_year_are_long_enough() {
    assertThat(ExpireRows.period("P3Y", NOW)).isEqualTo(Period.ofYears(3));
    assertThat(ExpireRows.period("P180D", NOW)).isEqualTo(Period.ofDays(180));
    assertThat(ExpireRows.period("P6M", NOW)).isEqualTo(Period.ofMonths(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"P179D", "P5M", "P0D", "-P3Y", "PT5000H", "3 years", ""})
  void less_than_the_law_allows_or_nonsense_keeps_the_hub_from_starting(String keep) {
    assertThatThrownBy(() -> ExpireRows.period(keep, NOW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("yitong.audit.keep");
  }
}
