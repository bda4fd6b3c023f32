package io.yitong.hub.access.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.access.token.Confirmation.Standing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ConfirmationTest {
  private final SetClock clock = new SetClock();
  private final Confirmation confirmation = new Confirmation(clock, Duration.ofSeconds(20));
  private final List<CompletableFuture<Boolean>> asked = new ArrayList<>();

  @Test
  void nothing_is_good_before_the_issuer_said_so() {
    assertThat(confirmation.standing()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void a_yes_is_good_then_ages_and_after_30_seconds_lets_nobody_in() {
    confirmed();

    assertThat(after(0)).isEqualTo(Standing.GOOD);
    assertThat(after(19_999)).isEqualTo(Standing.GOOD);
    assertThat(after(20_000)).isEqualTo(Standing.AGEING);
    assertThat(after(29_999)).isEqualTo(Standing.AGEING);
    assertThat(after(30_000)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void its_age_counts_from_the_question_since_the_answer_may_have_been_long_under_way() {
    confirmation.ask(this::issuer);
    clock.millis = 25_000;
    asked.get(0).complete(true);

    assertThat(confirmation.standing()).isEqualTo(Standing.AGEING);
    assertThat(after(30_000)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void a_no_takes_effect_at_once() {
    confirmed();
    clock.millis = 20_000;
    confirmation.ask(this::issuer);
    asked.get(1).complete(false);

    assertThat(confirmation.standing()).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void one_question_at_a_time_and_all_who_wait_hear_its_answer() {
    var first = confirmation.ask(this::issuer);
    var second = confirmation.ask(this::issuer);
    assertThat(asked).hasSize(1);

    asked.get(0).complete(true);

    assertThat(first).isCompletedWithValue(true);
    assertThat(second).isCompletedWithValue(true);
  }

  @Test
  void an_issuer_that_was_not_reached_leaves_what_was_known_and_is_left_alone_for_a_second() {
    confirmed();
    clock.millis = 22_000;
    var failed = confirmation.ask(this::issuer);
    asked.get(1).completeExceptionally(new IllegalStateException("down"));
    assertThat(failed).isCompletedExceptionally();
    assertThat(confirmation.standing()).isEqualTo(Standing.AGEING);

    clock.millis = 22_999;
    assertThat(confirmation.ask(this::issuer)).isCompletedExceptionally();
    assertThat(asked).hasSize(2);
    clock.millis = 23_000;
    confirmation.ask(this::issuer);
    assertThat(asked).hasSize(3);
    assertThat(after(30_000)).isEqualTo(Standing.UNKNOWN);
  }

  @Test
  void a_clock_that_was_set_back_does_not_make_an_answer_younger() {
    clock.millis = 100_000;
    confirmed();

    assertThat(after(99_999)).isEqualTo(Standing.UNKNOWN);
  }

  private void confirmed() {
    confirmation.ask(this::issuer);
    asked.get(asked.size() - 1).complete(true);
  }

  private Standing after(long millis) {
    clock.millis = millis;
    return confirmation.standing();
  }

  private CompletionStage<Boolean> issuer() {
    var answer = new CompletableFuture<Boolean>();
    asked.add(answer);
    return answer;
  }
}
