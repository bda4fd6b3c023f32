package io.yitong.hub.scenario;

import static io.yitong.hub.scenario.TestMessages.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.launch.Region;
import org.junit.jupiter.api.Test;

/** All servers are stopped and started again on the data they had. */
class RestartIT {
  private static final int HIS = 2585;

  private final ScenarioStack scenario = ScenarioStack.get();
  private final Fhir fhir = Fhir.chongqing(scenario);

  @Test
  void data_tokens_and_answers_outlive_a_restart() {
    // Given
    var patient = TestMessages.number("R");
    var message = TestMessages.admission(patient, TestMessages.number("V"));
    var before = TestMessages.send(scenario.feedPort(HIS), message);
    assertThat(acknowledgement(before)).isEqualTo("AA");
    var password = scenario.password(Region.CHONGQING, "doctor");

    // When
    scenario.stack().down();
    scenario.stack().up();

    // Then
    assertThat(fhir.patients(patient)).hasSize(1);
    assertThat(TestMessages.send(scenario.feedPort(HIS), message)).isEqualTo(before);
    assertThat(fhir.versions(patient)).isEqualTo(1);
    assertThat(scenario.password(Region.CHONGQING, "doctor")).isEqualTo(password);
  }
}
