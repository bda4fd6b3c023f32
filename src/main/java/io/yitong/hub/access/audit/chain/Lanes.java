package io.yitong.hub.access.audit.chain;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.yitong.hub.fhir.HubException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jboss.logging.Logger;

/**
 * The chains this process appends to. They are claimed from those whose process has ended, or made,
 * so that there are only as many as were ever needed at once. A process counts as ended when it has
 * not been seen for a minute; should it come back, the statement that appends finds the chain
 * taken.
 */
@ApplicationScoped
class Lanes {
  /** A connection each, and some for what ends badly. */
  private static final int CLAIMED_AT_ONCE = 32;

  /** Any number that no other lock of the hub has: claims happen one after the other. */
  private static final long CLAIMING = 152_000_001;

  private static final Logger LOG = Logger.getLogger(Lanes.class);

  private final AgroalDataSource database;
  private final UUID process = UUID.randomUUID();
  private final ConcurrentLinkedDeque<Lane> free = new ConcurrentLinkedDeque<>();
  private volatile boolean claimed;

  Lanes(AgroalDataSource database) {
    this.database = database;
  }

  UUID process() {
    return process;
  }

  /** A lane for the caller alone. */
  Lane take() {
    var lane = free.pollFirst();
    return lane != null ? lane : takeClaimed();
  }

  void giveBack(Lane lane) {
    free.addFirst(lane);
  }

  /** Its head is not known for certain any more: this process never uses it again. */
  void retire(Lane lane, String why) {
    LOG.warnf("audit=lane-retired chain=%d reason=%s", lane.head().chain(), why);
  }

  private synchronized Lane takeClaimed() {
    var lane = free.pollFirst();
    if (lane != null) {
      return lane;
    }
    var more = new ArrayList<Lane>();
    if (QuarkusTransaction.isActive()) {
      QuarkusTransaction.suspendingExisting().run(() -> more.addAll(claim()));
    } else {
      more.addAll(claim());
    }
    claimed = true;
    free.addAll(more.subList(1, more.size()));
    return more.get(0);
  }

  private List<Lane> claim() {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        var lanes = claim(connection);
        connection.commit();
        return lanes;
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  private List<Lane> claim(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("select pg_advisory_xact_lock(" + CLAIMING + ")");
    }
    seen(connection);
    try (var left =
        connection.prepareStatement(
            """
            with left_behind as (
              select chain from audit_chain
              where chain > 0 and not exists (
                select from audit_writer w
                where w.process = audit_chain.process and w.seen > now() - interval '1 minute')
              order by chain limit ? for update skip locked),
            new as (
              insert into audit_chain (chain, process)
              select (select coalesce(max(chain), 0) from audit_chain) + n, ?
              from generate_series(1, ? - (select count(*) from left_behind)::int) n
              returning chain, seq, hash),
            taken as (
              update audit_chain set process = ? where chain in (select chain from left_behind)
              returning chain, seq, hash)
            select chain, seq, hash from taken union all select chain, seq, hash from new order by chain""")) {
      left.setInt(1, CLAIMED_AT_ONCE);
      left.setObject(2, process);
      left.setInt(3, CLAIMED_AT_ONCE);
      left.setObject(4, process);
      try (var rows = left.executeQuery()) {
        var lanes = new ArrayList<Lane>();
        while (rows.next()) {
          lanes.add(new Lane(new Head(rows.getInt(1), rows.getLong(2), rows.getBytes(3))));
        }
        return lanes;
      }
    }
  }

  private void seen(Connection connection) throws SQLException {
    try (var seen =
        connection.prepareStatement(
            """
            insert into audit_writer (process, seen) values (?, now())
            on conflict (process) do update set seen = excluded.seen""")) {
      seen.setObject(1, process);
      seen.executeUpdate();
    }
  }

  @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
  void stayAlive() {
    if (!claimed) {
      return;
    }
    try (var connection = database.getConnection()) {
      seen(connection);
    } catch (SQLException e) {
      LOG.warnf("audit=writer-not-seen cause=%s", e);
    }
  }

  /** Others may go on with its chains at once. */
  void leave(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent end) {
    if (!claimed) {
      return;
    }
    try (var connection = database.getConnection();
        var leave = connection.prepareStatement("delete from audit_writer where process = ?")) {
      leave.setObject(1, process);
      leave.executeUpdate();
    } catch (SQLException e) {
      LOG.warnf("audit=writer-not-ended cause=%s", e);
    }
  }
}
