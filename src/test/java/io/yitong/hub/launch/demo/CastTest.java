package io.yitong.hub.launch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-23T04:48:00.000Z, 2026-11-23T12:48:00+08:00",
    "2026-11-23T04:00:00.999Z, 2026-11-23T12:00:00+08:00",
    "2026-11-23T20:48:07.120Z, 2026-11-24T04:48:07+08:00"
  })
  void an_admission_at_a_full_minute_still_says_its_seconds(Instant now, String dateTime) {
    assertThat(Cast.draw(7, false, now, Path.of("").toAbsolutePath()).admission())
        .isEqualTo(dateTime);
  }
}
