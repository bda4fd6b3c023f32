package io.yitong.hub.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.launch.demo.Demo;
import io.yitong.hub.launch.demo.Fault;
import io.yitong.hub.launch.demo.StepFailed;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The demonstration of {@code ./yitong demo}, as a test. */
class StoryIT {
  private final ScenarioStack scenario = ScenarioStack.get();

  @Test
  void a_result_from_Linshui_saves_a_blood_test_in_Chongqing() {
    assertThat(play(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void each_fault_fails_the_step_it_concerns(Fault fault) {
    assertThat(play(Optional.of(fault))).get().matches(fault::explains);
  }

  private Optional<StepFailed> play(Optional<Fault> fault) {
    return new Demo(scenario.stack(), System.out).play(new Random().nextInt(1_000_000), fault);
  }
}
