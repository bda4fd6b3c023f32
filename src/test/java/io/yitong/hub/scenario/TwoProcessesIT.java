package io.yitong.hub.scenario;

import static io.yitong.hub.scenario.TestMessages.acknowledgement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yitong.hub.launch.Hub;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Progress;
import io.yitong.hub.launch.Region;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two processes of the Chongqing hub on one database, as two replicas are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TwoProcessesIT {
  private static final int HIS = 2585;
  private static final int SHIFT = 7;

  private final ScenarioStack scenario = ScenarioStack.get();
  private final Fhir first = Fhir.chongqing(scenario);
  private final int firstPort = scenario.feedPort(HIS);
  private final int secondPort = firstPort + SHIFT;
  private final Hub further =
      scenario.stack().furtherHub(Region.CHONGQING, ScenarioStack.freePorts(1).get(0), SHIFT);
  private final Fhir second = new Fhir(scenario, further.address());

  @BeforeEach
  void startSecondProcess() throws IOException {
    further.start();
    further.awaitReady(new Progress(System.out));
  }

  @AfterAll
  void stopSecondProcess() {
    further.stop();
  }

  @Test
  void messages_of_one_patient_are_applied_in_the_order_in_which_they_were_acknowledged() {
    // Given
    var patient = TestMessages.number("T");
    var visit = TestMessages.number("V");
    var names = List.of("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸");

    // When
    send(firstPort, TestMessages.admission(patient, visit));
    for (var i = 0; i < names.size(); i++) {
      send(
          i % 2 == 0 ? secondPort : firstPort,
          TestMessages.update(patient, "王" + names.get(i), visit));
    }

    // Then
    assertThat(first.givenName(patient)).isEqualTo("癸");
    assertThat(second.givenName(patient)).isEqualTo("癸");
    assertThat(first.versions(patient)).isEqualTo(1 + names.size());
  }

  @Test
  void one_message_sent_to_both_at_once_is_stored_once_and_answered_alike() throws Exception {
    // Given
    var patient = TestMessages.number("T");
    var message = TestMessages.admission(patient, TestMessages.number("V"));
    var callers = Executors.newFixedThreadPool(2);

    // When
    var answers =
        callers.invokeAll(
            List.<Callable<String>>of(
                () -> finalAnswer(firstPort, message), () -> finalAnswer(secondPort, message)));
    callers.shutdown();

    // Then
    assertThat(answers.get(0).get()).isEqualTo(answers.get(1).get());
    assertThat(first.patients(patient)).hasSize(1);
    assertThat(first.versions(patient)).isEqualTo(1);
  }

  @Test
  void every_message_applied_by_either_has_one_row_in_the_audit() {
    // Given
    var patient = TestMessages.number("T");
    var visit = TestMessages.number("V");

    // When
    send(firstPort, TestMessages.admission(patient, visit));
    send(secondPort, TestMessages.update(patient, "王乙", visit));
    send(firstPort, TestMessages.update(patient, "王丙", visit));

    // Then
    var id = first.patients(patient).get(0).path("id").asText();
    var messages =
        first.search("privacy-officer", "AuditEvent?_count=500&patient=" + id).stream()
            .filter(event -> event.toString().contains("message"))
            .toList();
    assertThat(messages).hasSize(3);
  }

  @Test
  void what_was_acknowledged_survives_when_one_is_killed_while_hospitals_send() throws Exception {
    // Given
    var sent = new ArrayList<Callable<String>>();
    for (var i = 0; i < 60; i++) {
      var port = i % 2 == 0 ? firstPort : secondPort;
      sent.add(() -> patientIfAcknowledged(port));
    }
    var callers = Executors.newFixedThreadPool(6);

    // When
    var futures = sent.stream().map(callers::submit).toList();
    futures.get(9).get();
    further.kill();
    var acknowledged = new ArrayList<String>();
    for (var future : futures) {
      var patient = future.get();
      if (!patient.isEmpty()) {
        acknowledged.add(patient);
      }
    }
    callers.shutdown();

    // Then
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(30);
    assertThat(acknowledged).allSatisfy(patient -> assertThat(first.versions(patient)).isOne());
  }

  private String patientIfAcknowledged(int port) {
    var patient = TestMessages.number("K");
    try {
      var answer =
          TestMessages.send(port, TestMessages.admission(patient, TestMessages.number("V")));
      return acknowledgement(answer).equals("AA") ? patient : "";
    } catch (LaunchFailure e) {
      return "";
    }
  }

  /** A message that the other process is busy with is answered AR; the sender tries again. */
  private static String finalAnswer(int port, String message) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> TestMessages.send(port, message), answer -> acknowledgement(answer).equals("AA"));
  }

  private static void send(int port, String message) {
    assertThat(acknowledgement(TestMessages.send(port, message))).isEqualTo("AA");
  }
}
