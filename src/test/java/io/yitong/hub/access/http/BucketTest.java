package io.yitong.hub.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yitong.hub.access.http.Bucket.Limit;
import org.junit.jupiter.api.Test;

class BucketTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = 1_000 * MILLISECOND;

  private final Limit limit = Limit.of(10, 3);
  private final Bucket bucket = new Bucket(0);

  @Test
  void a_burst_goes_through_then_one_for_each_interval() {
    for (var one = 0; one < 3; one++) {
      assertThat(bucket.take(limit, 0)).isZero();
    }
    assertThat(bucket.take(limit, 0)).isEqualTo(100 * MILLISECOND);
    assertThat(bucket.take(limit, 99 * MILLISECOND)).isEqualTo(MILLISECOND);
    assertThat(bucket.take(limit, 100 * MILLISECOND)).isZero();
    assertThat(bucket.take(limit, 100 * MILLISECOND)).isPositive();
  }

  @Test
  void what_is_refused_costs_nothing() {
    for (var one = 0; one < 3; one++) {
      assertThat(bucket.take(limit, 0)).isZero();
    }
    for (var one = 0; one < 1_000; one++) {
      assertThat(bucket.take(limit, 0)).isPositive();
    }

    assertThat(bucket.take(limit, 100 * MILLISECOND)).isZero();
  }

  @Test
  void it_holds_no_more_than_a_burst_however_long_it_was_left_alone() {
    for (var one = 0; one < 3; one++) {
      assertThat(bucket.take(limit, 3_600 * SECOND)).isZero();
    }
    assertThat(bucket.take(limit, 3_600 * SECOND)).isPositive();
  }

  @Test
  void one_refusal_a_second_is_worth_a_row() {
    assertThat(bucket.isWorthARow(5 * SECOND)).isTrue();
    assertThat(bucket.isWorthARow(5 * SECOND)).isFalse();
    assertThat(bucket.isWorthARow(6 * SECOND - 1)).isFalse();
    assertThat(bucket.isWorthARow(6 * SECOND)).isTrue();
  }

  @Test
  void the_clock_of_a_machine_may_begin_anywhere() {
    var early = new Bucket(Long.MIN_VALUE / 2);

    assertThat(early.take(limit, Long.MIN_VALUE / 2)).isZero();
    assertThat(early.isWorthARow(Long.MIN_VALUE / 2)).isTrue();
  }

  @Test
  void a_limit_of_nothing_is_none() {
    assertThatThrownBy(() -> Limit.of(0, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Limit.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
