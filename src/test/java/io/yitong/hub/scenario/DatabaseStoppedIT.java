package io.yitong.hub.scenario;

import static io.yitong.hub.scenario.TestMessages.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yitong.hub.launch.LaunchFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away and comes back while hospitals send. */
class DatabaseStoppedIT {
  private static final int HIS = 2585;

  private final ScenarioStack scenario = ScenarioStack.get();
  private final Fhir fhir = Fhir.chongqing(scenario);

  @Test
  void nothing_is_acknowledged_that_is_not_stored_and_the_hub_recovers_by_itself()
      throws IOException, SQLException {
    // Given
    var patient = TestMessages.number("D");
    var message = TestMessages.admission(patient, TestMessages.number("V"));
    scenario.stack().database().stop();

    // When
    var whileDown = answer(message);
    scenario.stack().database().restart();

    // Then
    assertThat(whileDown).isNotEqualTo("AA");
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> answer(message).equals("AA"));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> fhir.patients(patient).size() == 1);
    assertThat(fhir.versions(patient)).isEqualTo(1);
  }

  /** MSA-1, or none when the connection was closed without an answer. */
  private String answer(String message) {
    try {
      return acknowledgement(TestMessages.send(scenario.feedPort(HIS), message));
    } catch (LaunchFailure e) {
      return "none";
    }
  }
}
