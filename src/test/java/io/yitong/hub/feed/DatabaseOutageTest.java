package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.yitong.hub.feed.Messages.Adt;
import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.record.ReadHistory;
import io.yitong.hub.testing.MllpClient;
import io.yitong.hub.testing.TestIssuer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DatabaseOutageTest.OwnDatabase.class)
class DatabaseOutageTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  private final ReadHistory history;

  DatabaseOutageTest(ReadHistory history) {
    this.history = history;
  }

  /** The feeds under test on a database that can be stopped. */
  public static final class OwnDatabase implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return new FeedsUnderTest().getConfigOverrides();
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(StoppablePostgres.class), new TestResourceEntry(TestIssuer.class));
    }

    @Override
    public boolean disableGlobalTestResources() {
      return true;
    }
  }

  @Test
  void nothing_is_accepted_while_the_database_is_away_and_all_is_well_once_it_is_back()
      throws Exception {
    var before = Messages.adt(Messages.newNumber("P"));
    var inTheMiddle = Messages.adt(Messages.newNumber("P"));
    var during = Messages.adt(Messages.newNumber("P"));
    assertThat(send(before)).contains("MSA|AA|");

    var cutOff = sendThenStopTheDatabaseBeforeItIsApplied(inTheMiddle);
    var whileAway = send(during);
    var file = drop(Messages.newNumber("P"));

    assertThat(cutOff).contains("MSA|AR|" + inTheMiddle.controlId()).doesNotContain("|AA|");
    assertThat(whileAway)
        .contains("MSA|AR|" + during.controlId())
        .contains("|database-unreachable^^YITONG|");

    StoppablePostgres.startDatabase();
    for (var adt : List.of(inTheMiddle, during)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(send(adt)).contains("MSA|AA|" + adt.controlId()));
      assertThat(versions(adt)).isEqualTo(1);
    }
    assertThat(versions(before)).isEqualTo(1);
    await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(file));
    try (var done = Files.list(FeedsUnderTest.inbox().resolve(".done"))) {
      assertThat(done).anyMatch(each -> each.toString().endsWith(file.getFileName().toString()));
    }
  }

  /** The bytes are journalled; a lock keeps them from being applied until the database stops. */
  private static String sendThenStopTheDatabaseBeforeItIsApplied(Adt adt) throws SQLException {
    try (var connection =
            DriverManager.getConnection(StoppablePostgres.url(), "postgres", "postgres");
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "select pg_advisory_xact_lock(hashtextextended('patient/"
              + FeedsUnderTest.INSTITUTION
              + "/"
              + adt.patient()
              + "', 0))");
      var answer = CompletableFuture.supplyAsync(() -> send(adt));
      await().until(() -> isJournalled(statement, adt));
      StoppablePostgres.stopDatabase();
      return answer.join();
    }
  }

  private static Path drop(String patient) throws IOException {
    var file = FeedsUnderTest.inbox().resolve(patient + ".csv");
    Files.createDirectories(FeedsUnderTest.inbox());
    var text =
        "患者号,姓名,报告单号,采集时间,报告时间,项目代码,结果,单位\r\n"
            + patient
            + ",王瑋,B1,2026-03-01 07:30,2026-03-01 10:00,ALT,32,U/L\r\n";
    return Files.write(file, text.getBytes(GB18030));
  }

  private static boolean isJournalled(Statement statement, Adt adt) throws SQLException {
    try (var rows =
        statement.executeQuery(
            "select count(*) from journal where state = 'received' and control_id = '"
                + adt.controlId()
                + "'")) {
      rows.next();
      return rows.getInt(1) == 1;
    }
  }

  private static String send(Adt adt) {
    return MllpClient.exchange(FeedsUnderTest.port("his"), adt.text(), GB18030);
  }

  private int versions(Adt adt) {
    var id =
        DeterministicId.of(new InstitutionId(FeedsUnderTest.INSTITUTION), "patient", adt.patient());
    return Fixtures.versions(history, new ResourceKey(ResourceType.Patient, id)).size();
  }
}
