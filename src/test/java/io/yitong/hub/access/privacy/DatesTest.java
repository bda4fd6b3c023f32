package io.yitong.hub.access.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DatesTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

  @Test
  void a_month_is_all_that_is_left() {
    assertThat(Dates.month("2026-03-02T08:30:00+08:00")).contains("2026-03");
    assertThat(Dates.month("2026-03")).contains("2026-03");
    assertThat(Dates.month("2026")).contains("2026");
    assertThat(Dates.year("2026-03-02")).contains("2026");
  }

  @Test
  void from_90_on_all_are_of_one_year() {
    assertThat(Dates.birth("1936-01-01", 1, TODAY)).contains("1936");
    assertThat(Dates.birth("1921-05-05", 1, TODAY)).contains("1936");
    assertThat(Dates.birth("1937-12-31", 1, TODAY)).contains("1937");
    assertThat(Dates.birth("1904", 5, TODAY)).contains("1935");
    assertThat(Dates.birth("1999-08", 5, TODAY)).contains("1995");
  }

  @Test
  void what_is_no_date_is_nothing() {
    for (var text : new String[] {"", "yesterday", "王瑋王瑋", "2026-13-01", "2026-02-30T00:00:00Z"}) {
      assertThat(Dates.month(text)).isEmpty();
      assertThat(Dates.year(text)).isEmpty();
      assertThat(Dates.shift(text, 3)).isEmpty();
      assertThat(Dates.birth(text, 1, TODAY)).isEmpty();
    }
  }

  @Test
  void a_shifted_date_keeps_its_precision_and_the_time_of_day() {
    assertThat(Dates.shift("2026-02-27", 3)).contains("2026-03-02");
    assertThat(Dates.shift("2026-12-31T23:59:59.123+08:00", 1))
        .contains("2027-01-01T23:59:59.123+08:00");
    assertThat(Dates.shift("2026-03", -1)).contains("2026-02");
    assertThat(Dates.shift("2026", -1)).contains("2025");
  }

  @Property
  void intervals_stay(
      @ForAll @IntRange(min = 0, max = 20_000) int first,
      @ForAll @IntRange(min = 0, max = 20_000) int second,
      @ForAll @IntRange(min = -180, max = 180) int days) {
    var one = OffsetDateTime.parse("1970-01-01T08:30:00+08:00").plusDays(first);
    var two = OffsetDateTime.parse("1970-01-01T17:05:00+08:00").plusDays(second);

    var shiftedOne = OffsetDateTime.parse(Dates.shift(written(one), days).orElseThrow());
    var shiftedTwo = OffsetDateTime.parse(Dates.shift(written(two), days).orElseThrow());

    assertThat(ChronoUnit.MINUTES.between(shiftedOne, shiftedTwo))
        .isEqualTo(ChronoUnit.MINUTES.between(one, two));
  }

  /** As FHIR has it, with seconds. */
  private static String written(OffsetDateTime moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment);
  }
}
