package io.yitong.hub.access.audit.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.audit.Looks;
import io.yitong.hub.access.audit.proof.Finding.Kind;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each tampers as one who may do anything in the database, looks, and takes it back. */
@QuarkusTest
class VerifyAuditTest {
  @Inject AuditTrail audit;
  @Inject TakeCheckpoints checkpoints;
  @Inject ExpireRows expire;
  @Inject AuditKey key;
  @Inject Clock clock;
  @Inject AgroalDataSource database;

  private final Path folder;

  private final Looks looks = Looks.some();

  VerifyAuditTest() throws IOException {
    folder = Files.createTempDirectory("checkpoints");
  }

  /** Where the rows of this test stand. */
  private long chain;

  private long first;

  @BeforeEach
  void five_rows_in_one_chain() throws SQLException {
    do {
      var three = Looks.some();
      for (var i = 0; i < 5; i++) {
        audit.record(i < 3 ? three.at("p1") : three.at("p1", "p2"));
      }
      try (var connection = database.getConnection()) {
        chain =
            number(
                connection,
                "select min(chain) from audit_event where correlation = '"
                    + three.correlation()
                    + "'");
        first =
            number(
                connection,
                "select min(seq) from audit_event where correlation = '"
                    + three.correlation()
                    + "'");
        if (number(
                    connection,
                    "select count(*) from audit_event where chain = "
                        + chain
                        + " and seq between "
                        + first
                        + " and "
                        + (first + 4)
                        + " and correlation = '"
                        + three.correlation()
                        + "'")
                == 5
            && number(connection, "select seq from audit_chain where chain = " + chain)
                == first + 4) {
          return;
        }
      }
    } while (true);
  }

  @Test
  void an_audit_nobody_touched_is_whole() {
    var found = tampered();

    assertThat(found.findings()).isEmpty();
    assertThat(found.isWhole()).isTrue();
    assertThat(found.rows()).isGreaterThanOrEqualTo(5);
  }

  @Test
  void a_row_changed_by_hand_is_found() {
    for (var change :
        List.of(
            "client = 'nobody'",
            "patient = null",
            "patient = 'p2'",
            "at = at + 1",
            "outcome = 4",
            "behalf = ''",
            "query = query || ' '",
            "hash = sha256(hash)")) {
      assertThat(kinds(tampered("update audit_event set " + change + at(first + 1))))
          .as(change)
          .contains(new Finding(Kind.ROW_CHANGED, (int) chain, first + 1, first + 1, 0));
    }
  }

  @Test
  void patients_moved_between_columns_are_found() {
    for (var change :
        List.of(
            "patients = array['p2']",
            "patients = array['p2', 'p3']",
            "patients = array['p1'], patient = null",
            "patients = '{}'")) {
      assertThat(kinds(tampered("update audit_event set " + change + at(first + 1))))
          .as(change)
          .contains(new Finding(Kind.ROW_CHANGED, (int) chain, first + 1, first + 1, 0));
    }
    for (var change :
        List.of(
            "patients = array['p1 p2']",
            "patients = array['p2', 'p1']",
            "patients = null, patient = 'p1 p2'")) {
      assertThat(kinds(tampered("update audit_event set " + change + at(first + 3))))
          .as(change)
          .contains(new Finding(Kind.ROW_CHANGED, (int) chain, first + 3, first + 3, 0));
    }
  }

  @Test
  void a_row_removed_from_the_middle_is_found() {
    assertThat(kinds(tampered("delete from audit_event" + at(first + 2))))
        .containsExactly(new Finding(Kind.ROWS_REMOVED, (int) chain, first + 2, first + 2, 0));
  }

  @Test
  void a_row_removed_whose_followers_were_renumbered_is_found() {
    var found =
        tampered(
            "delete from audit_event" + at(first + 2),
            "update audit_event set seq = seq - 1 where chain = "
                + chain
                + " and seq = "
                + (first + 3),
            "update audit_event set seq = seq - 1 where chain = "
                + chain
                + " and seq = "
                + (first + 4));

    assertThat(kinds(found))
        .extracting(Finding::kind)
        .contains(Kind.ROW_CHANGED, Kind.NEWEST_REMOVED);
  }

  @Test
  void the_newest_row_removed_is_found() {
    assertThat(kinds(tampered("delete from audit_event" + at(first + 4))))
        .containsExactly(new Finding(Kind.NEWEST_REMOVED, (int) chain, first + 4, first + 4, 0));
  }

  @Test
  void a_head_altered_is_found() {
    assertThat(kinds(tampered("update audit_chain set hash = sha256(hash) where chain = " + chain)))
        .containsExactly(new Finding(Kind.HEAD_ALTERED, (int) chain, first + 4, first + 4, 0));
    assertThat(kinds(tampered("update audit_chain set seq = seq - 1 where chain = " + chain)))
        .containsExactly(new Finding(Kind.HEAD_ALTERED, (int) chain, first + 3, first + 3, 0));
  }

  @Test
  void the_newest_row_removed_with_the_head_set_back_is_found_by_a_checkpoint() throws IOException {
    var number = checkpoints.takeNow().orElseThrow().number();

    assertThat(
            kinds(
                tampered(
                    "delete from audit_event" + at(first + 4),
                    "update audit_chain c set seq = e.seq, hash = e.hash from audit_event e"
                        + " where c.chain = e.chain and e.chain = "
                        + chain
                        + " and e.seq = "
                        + (first + 3))))
        .containsExactly(
            new Finding(
                Kind.NEWEST_REMOVED_BY_CHECKPOINT, (int) chain, first + 4, first + 4, number));
  }

  @Test
  void a_chain_written_anew_from_end_to_end_is_found_by_a_checkpoint() throws IOException {
    var number = checkpoints.takeNow().orElseThrow().number();

    var found =
        tampered(
            "update audit_event set subject = 'nobody'" + at(first + 3),
            rehash(first + 3),
            rehash(first + 4),
            "update audit_chain c set hash = e.hash from audit_event e"
                + " where c.chain = e.chain and c.seq = e.seq and c.chain = "
                + chain);

    assertThat(kinds(found))
        .containsExactly(new Finding(Kind.REWRITTEN, (int) chain, first + 4, first + 4, number));
  }

  @Test
  void a_whole_chain_removed_is_found() throws IOException {
    checkpoints.takeNow();
    var rows = "delete from audit_event where chain = " + chain;
    var head = "delete from audit_chain where chain = " + chain;

    assertThat(kinds(tampered(rows)))
        .extracting(Finding::kind)
        .containsExactly(Kind.NEWEST_REMOVED);
    assertThat(kinds(tampered(rows, head)))
        .containsExactly(new Finding(Kind.CHAIN_REMOVED, (int) chain, 0, 0, 0));
  }

  @Test
  void a_checkpoint_altered_or_removed_is_found() throws IOException {
    checkpoints.takeNow();
    audit.record(looks.at("p1"));
    var number = checkpoints.takeNow().orElseThrow().number() - 1;
    var which = " where number = " + number;

    assertThat(
            kinds(
                tampered(
                    "update audit_checkpoint set statement = replace(statement, 'at 2', 'at 3')"
                        + which)))
        .contains(Finding.statement(Kind.CHECKPOINT_ALTERED, number));
    assertThat(kinds(tampered("delete from audit_checkpoint" + which)))
        .contains(Finding.statement(Kind.CHECKPOINT_REMOVED, number));
  }

  @Test
  void a_file_kept_elsewhere_speaks_for_a_checkpoint_that_is_gone() throws IOException {
    var last = checkpoints.takeNow().orElseThrow();
    new CheckpointFiles(folder).write(last);

    assertThat(kinds(tampered("delete from audit_checkpoint where number = " + last.number())))
        .containsExactly(Finding.statement(Kind.CHECKPOINT_REMOVED, last.number()));
    Files.writeString(
        folder.resolve("checkpoint-%06d.json".formatted(last.number())), "{\"statement\":\"\"}");
    assertThat(kinds(tampered()))
        .containsExactly(Finding.statement(Kind.CHECKPOINT_ALTERED, last.number()));
  }

  @Test
  void a_checkpoint_by_another_key_is_not_believed() throws Exception {
    var last = checkpoints.takeNow().orElseThrow();
    var other = new AuditKey(Optional.empty(), folder.resolve("other"), "other");
    var forged = SignedStatement.of(Statement.parse(Statement.Kind.CHECKPOINT, last.text()), other);

    assertThat(
            kinds(
                tampered(
                    "update audit_checkpoint set signature = decode('"
                        + java.util.HexFormat.of().formatHex(forged.signature())
                        + "', 'hex'), public_key = decode('"
                        + java.util.HexFormat.of().formatHex(forged.publicKey())
                        + "', 'hex') where number = "
                        + last.number())))
        .contains(Finding.statement(Kind.KEY_UNKNOWN, last.number()));
  }

  @Test
  void what_had_its_time_is_removed_and_the_rest_is_whole() throws IOException, SQLException {
    checkpoints.takeNow();
    audit.record(looks.at("p1"));

    var removed = expire.expireBefore(clock.instant());

    assertThat(removed).isGreaterThanOrEqualTo(5);
    assertThat(kinds(tampered())).isEmpty();
    try (var connection = database.getConnection()) {
      assertThat(
              number(
                  connection,
                  "select count(*) from audit_event where chain = "
                      + chain
                      + " and seq <= "
                      + (first + 4)))
          .isZero();
      assertThat(
              number(
                  connection,
                  "select count(*) from audit_event where correlation = '"
                      + looks.correlation()
                      + "'"))
          .isEqualTo(1);
    }
    assertThat(expire.expireBefore(clock.instant())).isZero();
    assertThat(kinds(tampered("delete from audit_expiry"))).isNotEmpty();
    assertThat(kinds(tampered("update audit_expiry set statement = statement || 'x'")))
        .extracting(Finding::kind)
        .contains(Kind.EXPIRY_ALTERED);
  }

  @Test
  void nothing_goes_that_no_checkpoint_of_then_covers() {
    assertThat(expire.expireBefore(Instant.EPOCH.plus(Duration.ofDays(1)))).isZero();
  }

  private String at(long seq) {
    return " where chain = " + chain + " and seq = " + seq;
  }

  private String rehash(long seq) {
    return "update audit_event e set hash = sha256((select hash from audit_event p where p.chain = e.chain"
        + " and p.seq = e.seq - 1) || audit_canonical(e))"
        + at(seq);
  }

  private static List<Finding> kinds(Verification verification) {
    return verification.findings();
  }

  private Verification tampered(String... statements) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("set local session_replication_role = replica");
        for (var each : statements) {
          assertThat(statement.executeUpdate(each)).as(each).isPositive();
        }
        return new VerifyAudit(connection, Optional.of(folder), Optional.of(key.publicKey()))
            .verifyWithinTransaction();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (var rows = connection.createStatement().executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
