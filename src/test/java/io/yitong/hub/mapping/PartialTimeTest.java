package io.yitong.hub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartialTimeTest {
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

  @ParameterizedTest
  @CsvSource({
    "2026, 2026",
    "202603, 2026-03",
    "20260301, 2026-03-01",
    "2026030107, 2026-03-01T07:00:00+08:00",
    "202603010730, 2026-03-01T07:30:00+08:00",
    "20260301073015, 2026-03-01T07:30:15+08:00",
    "20260301073015.5, 2026-03-01T07:30:15.500+08:00",
    "20260301073015.123456, 2026-03-01T07:30:15.123+08:00",
    "20260301073015+0000, 2026-03-01T07:30:15+00:00",
    "202603010730-0430, 2026-03-01T07:30:00-04:30",
    "198807010800, 1988-07-01T08:00:00+09:00",
    "2018080800000000000, 2018-08-08T00:00:00+08:00",
    "2026-03-01, 2026-03-01",
    "2026-3-1 7:05, 2026-03-01T07:05:00+08:00",
    "2026/03/01 07:30:15, 2026-03-01T07:30:15+08:00",
    "2026-03-01T07:30:15Z, 2026-03-01T07:30:15+00:00",
    "2026-03-01T07:30:15+08:00, 2026-03-01T07:30:15+08:00",
    "2026年3月1日 7时05分, 2026-03-01T07:05:00+08:00",
    "2026年3月, 2026-03"
  })
  void a_time_is_as_precise_as_it_was_written(String written, String fhir) {
    assertThat(PartialTime.parse(written, CHINA).map(time -> time.dateTime().getValueAsString()))
        .contains(fhir);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00000000",
        "20261301",
        "20260230",
        "2026030124",
        "202603010760",
        "昨天",
        "Aug 15, 1942",
        "2026030",
        "20260301073015+99",
        "20260301X",
        "99991231",
        "-2026"
      })
  void what_is_no_time_is_none(String written) {
    assertThat(PartialTime.parse(written, CHINA)).isEmpty();
  }

  @Test
  void an_instant_needs_a_time_of_day() {
    assertThat(PartialTime.parse("20260301", CHINA).flatMap(PartialTime::exact)).isEmpty();
    assertThat(PartialTime.parse("202603010730", CHINA).flatMap(PartialTime::exact))
        .map(instant -> instant.getValueAsString())
        .isEqualTo(Optional.of("2026-03-01T07:30:00+08:00"));
  }
}
