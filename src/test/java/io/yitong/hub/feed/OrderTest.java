package io.yitong.hub.feed;

import static io.yitong.hub.record.Fixtures.versions;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.feed.Messages.Adt;
import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadHistory;
import io.yitong.hub.testing.MllpClient;
import java.nio.charset.Charset;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(FeedsUnderTest.class)
class OrderTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final InstitutionId HOSPITAL = new InstitutionId(FeedsUnderTest.INSTITUTION);
  private static final String HIS = "500106-test-hospital/his";

  private final ReadHistory history;
  private final FeedHealth health;
  private final ResumeUnfinished resume;
  private final DataSource database;

  OrderTest(ReadHistory history, FeedHealth health, ResumeUnfinished resume, DataSource database) {
    this.history = history;
    this.health = health;
    this.resume = resume;
    this.database = database;
  }

  @Test
  void messages_of_eight_connections_about_one_patient_take_effect_in_the_order_received()
      throws Exception {
    var number = Messages.newNumber("P");
    var nameByControlId = new HashMap<String, String>();
    var tasks = new ArrayList<Callable<String>>();
    for (var i = 0; i < 40; i++) {
      var adt = Messages.adt(number).named("王" + (char) ('一' + i));
      nameByControlId.put(adt.controlId(), adt.name());
      tasks.add(() -> send(adt));
    }

    var senders = Executors.newFixedThreadPool(8);
    try {
      for (var ack : senders.invokeAll(tasks)) {
        assertThat(ack.get()).contains("MSA|AA|");
      }
    } finally {
      senders.shutdown();
    }

    var received =
        health.messages(HIS, Optional.empty(), Long.MAX_VALUE, 200).stream()
            .map(message -> nameByControlId.get(message.controlId()))
            .filter(name -> name != null)
            .toList();
    assertThat(received).hasSize(40);
    assertThat(namesNewestFirst(number)).isEqualTo(received);
  }

  @Test
  void a_message_does_not_overtake_one_that_another_process_left_unfinished() throws Exception {
    var number = Messages.newNumber("P");
    var left = Messages.adt(number).named("王前");
    leaveUnfinished(left);

    assertThat(send(Messages.adt(number).named("王后"))).contains("MSA|AA|");

    assertThat(namesNewestFirst(number)).containsExactly("王后", "王前");
  }

  @Test
  void an_unfinished_message_that_is_sent_again_takes_effect_once() throws Exception {
    var number = Messages.newNumber("P");
    var left = Messages.adt(number);
    leaveUnfinished(left);

    assertThat(send(left)).contains("MSA|AA|" + left.controlId());

    assertThat(namesNewestFirst(number)).hasSize(1);
  }

  @Test
  void an_unfinished_message_that_nobody_sends_again_is_applied_all_the_same() throws Exception {
    var number = Messages.newNumber("P");
    leaveUnfinished(Messages.adt(number));

    resume.resume();

    assertThat(namesNewestFirst(number)).containsExactly("王瑋");
  }

  @Test
  void more_messages_than_a_sender_may_have_in_flight_are_answered_busy_and_not_journalled()
      throws Exception {
    var first = Messages.adt(Messages.newNumber("P"));
    var second = Messages.adt(Messages.newNumber("P"));
    CompletableFuture<String> waiting;
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('order/500106-test-hospital/narrow/"
              + first.patient()
              + "', 0))");
      waiting = CompletableFuture.supplyAsync(() -> sendNarrow(first));
      await().until(() -> isSomeoneWaiting(statement));

      var ack = sendNarrow(second);

      assertThat(ack).contains("MSA|AR|" + second.controlId()).contains("|busy^^YITONG|");
      connection.rollback();
    }
    assertThat(waiting.get()).contains("MSA|AA|");
    assertThat(sendNarrow(second)).contains("MSA|AA|" + second.controlId());
  }

  private static boolean isSomeoneWaiting(Statement statement) throws SQLException {
    try (var rows =
        statement.executeQuery(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted")) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  private static String send(Adt adt) {
    return MllpClient.exchange(FeedsUnderTest.port("his"), adt.text(), GB18030);
  }

  private static String sendNarrow(Adt adt) {
    return MllpClient.exchange(FeedsUnderTest.port("narrow"), adt.text(), UTF_8);
  }

  private List<String> namesNewestFirst(String number) {
    var key =
        new ResourceKey(ResourceType.Patient, DeterministicId.of(HOSPITAL, "patient", number));
    return versions(history, key).stream()
        .map(version -> version.as(Patient.class).getNameFirstRep().getText())
        .toList();
  }

  /** As a process leaves a message that ends between journalling and applying it. */
  private void leaveUnfinished(Adt adt) throws SQLException {
    var bytes = adt.text().getBytes(GB18030);
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "insert into journal (sender, institution, received_at, origin, control_id, digest,"
                    + " bytes, order_key, message_type, patient_number, correlation, state)"
                    + " values (?, ?, ?, 'HIS|HOSP', ?, ?, ?, ?, 'ADT^A08', '', ?, 'received')")) {
      statement.setString(1, HIS);
      statement.setString(2, HOSPITAL.urn());
      statement.setTimestamp(3, Timestamp.from(Instant.now().minus(Duration.ofHours(1))));
      statement.setString(4, adt.controlId());
      statement.setBytes(5, Digest.of(bytes).bytes());
      statement.setBytes(6, bytes);
      statement.setString(7, adt.patient());
      statement.setString(8, "left-" + adt.controlId());
      statement.executeUpdate();
    }
  }
}
