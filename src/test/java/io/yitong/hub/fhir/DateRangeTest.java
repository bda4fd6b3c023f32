package io.yitong.hub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateRangeTest {
  @ParameterizedTest
  @CsvSource({
    "2026, 2025-12-31T16:00:00Z, 2026-12-31T16:00:00Z",
    "2026-02, 2026-01-31T16:00:00Z, 2026-02-28T16:00:00Z",
    "2026-03-01, 2026-02-28T16:00:00Z, 2026-03-01T16:00:00Z",
    "2026-03-01T07:30, 2026-02-28T23:30:00Z, 2026-02-28T23:31:00Z",
    "2026-03-01T07:30Z, 2026-03-01T07:30:00Z, 2026-03-01T07:31:00Z",
    "2026-03-01T07:30:15, 2026-02-28T23:30:15Z, 2026-02-28T23:30:16Z",
    "2026-03-01T07:30:15+08:00, 2026-02-28T23:30:15Z, 2026-02-28T23:30:16Z",
    "2026-03-01T07:30:15-05:00, 2026-03-01T12:30:15Z, 2026-03-01T12:30:16Z",
    "2026-03-01T07:30:15.250Z, 2026-03-01T07:30:15.250Z, 2026-03-01T07:30:15.251Z",
  })
  void a_date_is_the_whole_span_it_names(String text, Instant low, Instant high) {
    assertThat(DateRange.parse(text)).contains(new DateRange(low, high));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "26",
        "2026-13",
        "2026-02-30",
        "2026-2-3",
        "2026-03-01T25:00",
        "2026-03-01T07",
        "2026-03-01 07:30:00",
        "yesterday",
        "2026-03-01T07:30:15+99:00"
      })
  void what_is_no_date_is_none(String text) {
    assertThat(DateRange.parse(text)).isEmpty();
  }

  @Test
  void ranges_join_to_what_covers_both() {
    var one = DateRange.parse("2026-03").orElseThrow();
    var other = DateRange.parse("2026-01").orElseThrow();

    assertThat(one.union(other)).isEqualTo(new DateRange(other.low(), one.high()));
  }
}
