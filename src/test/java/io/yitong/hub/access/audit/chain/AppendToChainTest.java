package io.yitong.hub.access.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.audit.Looks;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AppendToChainTest {
  private static final String UNSOUND =
      """
      select count(*) from audit_event e left join audit_event p on p.chain = e.chain and p.seq = e.seq - 1
      where e.hash <> sha256(coalesce(p.hash, decode(repeat('00', 32), 'hex')) || audit_canonical(e))
        and e.seq > coalesce((select min(seq) from audit_event m where m.chain = e.chain and seq > 1), 1)""";

  private static final String HEADS_ASTRAY =
      """
      select count(*) from audit_chain c join lateral (
        select seq, hash from audit_event e where e.chain = c.chain order by seq desc limit 1) last on true
      where (last.seq, last.hash) <> (c.seq, c.hash)""";

  private static final String GAPS =
      """
      select count(*) from (
        select chain, max(seq) - min(seq) + 1 - count(*) as missing from audit_event group by chain) c
      where missing <> 0""";

  /** Of whichever thread of the hub writes a group. */
  private static final String WRITERS =
      "from pg_stat_activity where pid <> pg_backend_pid() and state <> 'idle'"
          + " and query like '%update audit_chain set seq%' and wait_event_type = 'Lock'";

  @Inject AuditTrail audit;
  @Inject AgroalDataSource database;

  private final Looks looks = Looks.some();

  @Test
  void rows_of_many_threads_with_and_without_transactions_stand_in_unbroken_chains() {
    var kinds =
        List.<Runnable>of(
            () -> audit.record(looks.at("p1")),
            () -> audit.record(looks.at("p1", "p2")),
            () -> QuarkusTransaction.requiringNew().run(this::recordTwice),
            this::rollBack,
            this::refuseWithin);
    all(
        IntStream.range(0, 400)
            .mapToObj(i -> Executors.callable(kinds.get(i % kinds.size())))
            .toList());

    // 80 of each kind: one, one, two, none, and the refusal of one.
    assertThat(rows()).isEqualTo(80 + 80 + 160 + 80);
    assertSound();
  }

  @Test
  void the_rows_of_one_transaction_share_a_chain() {
    QuarkusTransaction.requiringNew().run(this::recordTwice);

    assertThat(count("select count(distinct chain) from audit_event where correlation = '%s'"))
        .isEqualTo(1);
  }

  @Test
  void a_lane_whose_connection_broke_is_never_used_again() {
    var broken = new long[1];
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          audit.record(looks.at("p1"));
                          broken[0] = chainWithin();
                          killOwn();
                        }))
        .isInstanceOf(RuntimeException.class);
    assertThat(rows()).isZero();

    var later = Looks.some();
    for (var i = 0; i < 5; i++) {
      QuarkusTransaction.requiringNew().run(() -> audit.record(later.at("p1")));
    }
    assertThat(
            count(
                "select count(*) from audit_event where chain = "
                    + broken[0]
                    + " and correlation = '"
                    + later.correlation()
                    + "'"))
        .isZero();
    assertSound();
  }

  @Test
  void a_chain_that_another_process_took_is_left_to_it() throws SQLException {
    audit.record(looks.at("p1"));
    var taken = count("select chain from audit_event where correlation = '%s'");
    change("update audit_chain set process = gen_random_uuid() where chain = " + taken);

    audit.record(looks.at("p1"));

    assertThat(count("select count(distinct chain) from audit_event where correlation = '%s'"))
        .isEqualTo(2);
    assertSound();
  }

  @Test
  void the_next_process_goes_on_with_the_chains_of_one_that_ended() {
    var ended = new Lanes(database);
    var chain = ended.take().head().chain();
    var beside = new Lanes(database);
    assertThat(beside.take().head().chain()).isNotEqualTo(chain);
    beside.leave(new ShutdownEvent());
    ended.leave(new ShutdownEvent());

    var next = new Lanes(database);

    assertThat(next.take().head().chain()).isLessThanOrEqualTo(chain);
    next.leave(new ShutdownEvent());
  }

  @Test
  void what_cannot_be_written_is_refused_to_every_request_of_the_group() throws Exception {
    try (var holder = database.getConnection();
        var statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("select from audit_chain for update");

      var requests = start(8);
      // One writes, and is killed; then one writes for the other seven, and is killed.
      kill();
      await().until(() -> requests.stream().filter(Future::isDone).count() == 1);
      kill();

      for (var request : requests) {
        assertThatThrownBy(request::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOfSatisfying(
                HubException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATABASE_UNREACHABLE));
      }
      holder.rollback();
      holder.setAutoCommit(true);
    }
    assertThat(rows()).isZero();
    audit.record(looks.at("p1"));
    assertThat(rows()).isEqualTo(1);
    assertSound();
  }

  @Test
  void an_interrupted_request_waits_for_its_row_and_stays_interrupted() {
    Thread.currentThread().interrupt();
    audit.record(looks.at("p1"));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(rows()).isEqualTo(1);
  }

  private List<Future<Void>> start(int requests) {
    var threads = Executors.newFixedThreadPool(requests);
    var started = new ArrayList<Future<Void>>();
    try {
      for (var i = 0; i < requests; i++) {
        started.add(
            threads.submit(
                () -> {
                  audit.record(looks.at("p1"));
                  return null;
                }));
        if (i == 0) {
          await().until(() -> count("select count(*) " + WRITERS) == 1);
        }
      }
      // Those that came later wait for their turn.
      await()
          .until(
              () ->
                  Thread.getAllStackTraces().values().stream()
                          .filter(AppendToChainTest::waitsForItsTurn)
                          .count()
                      == requests - 1);
      return started;
    } finally {
      threads.shutdown();
    }
  }

  private static boolean waitsForItsTurn(StackTraceElement[] stack) {
    return List.of(stack).stream().anyMatch(frame -> frame.getMethodName().equals("awaitTurn"));
  }

  private void kill() {
    await().until(() -> count("select count(pg_terminate_backend(pid)) " + WRITERS) == 1);
  }

  private void recordTwice() {
    audit.record(looks.at("p1"));
    audit.record(looks.at("p2"));
  }

  private void rollBack() {
    rolledBack(() -> audit.record(looks.at("p1")));
  }

  private void refuseWithin() {
    rolledBack(
        () -> {
          audit.record(looks.at("p1"));
          audit.record(looks.refused());
        });
  }

  private static void rolledBack(Runnable work) {
    var undone = new IllegalStateException("undone");
    assertThatThrownBy(
            () ->
                QuarkusTransaction.requiringNew()
                    .run(
                        () -> {
                          work.run();
                          throw undone;
                        }))
        .isSameAs(undone);
  }

  private static void all(List<Callable<Object>> work) {
    var threads = Executors.newFixedThreadPool(16);
    try {
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    } finally {
      threads.shutdown();
    }
  }

  private void assertSound() {
    assertThat(count(UNSOUND)).isZero();
    assertThat(count(HEADS_ASTRAY)).isZero();
    assertThat(count(GAPS)).isZero();
  }

  private long rows() {
    return count("select count(*) from audit_event where correlation = '%s'");
  }

  private long chainWithin() {
    return count("select chain from audit_event where correlation = '%s'");
  }

  private void killOwn() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select pg_terminate_backend(pg_backend_pid())");
    } catch (SQLException e) {
      // as it should be
    }
  }

  private long count(String query) {
    try (var connection = database.getConnection();
        var rows =
            connection
                .createStatement()
                .executeQuery(query.replace("%s", looks.correlation().value()))) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void change(String statement) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.createStatement().execute(statement);
    }
  }
}
