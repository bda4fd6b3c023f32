package io.yitong.hub.access.audit.chain;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Appends the rows of requests that have no transaction, many in one commit. A request that finds
 * nobody writing writes at once; those that come meanwhile wait, and the first of them writes for
 * all. A commit costs PostgreSQL ten times what a row costs, so the writer waits for others, but
 * only as long as enough requests are under way that may join it, and {@link #LONGEST_WAIT} at
 * most.
 */
@ApplicationScoped
class AppendInGroups {
  static final int MOST = 256;

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final long LONGEST_WAIT = TimeUnit.MICROSECONDS.toNanos(1000);

  /** A connection that lay idle so long is asked whether it still stands. */
  private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int TRIES = 3;

  private static final Logger LOG = Logger.getLogger(AppendInGroups.class);

  private enum State {
    WAITS,
    WRITES,
    ENDED
  }

  private static final class Place {
    final Pending row;
    final Thread thread = Thread.currentThread();
    volatile State state = State.WAITS;
    HubException failure;

    Place(Pending row) {
      this.row = row;
    }

    void become(State next) {
      state = next;
      LockSupport.unpark(thread);
    }
  }

  private final AgroalDataSource database;
  private final Lanes lanes;
  private final RequestsUnderWay underWay;

  /** Guards the next three. */
  private final Object turn = new Object();

  private final ArrayDeque<Place> queue = new ArrayDeque<>();
  private boolean writing;
  private Place gathering;

  /** The writer's alone, whichever thread it is. */
  private Connection connection;

  private Lane lane;
  private long lastUsed;

  AppendInGroups(AgroalDataSource database, Lanes lanes, RequestsUnderWay underWay) {
    this.database = database;
    this.lanes = lanes;
    this.underWay = underWay;
  }

  /**
   * Returns when the row is on disk. The thread has no transaction.
   *
   * @throws HubException DATABASE_UNREACHABLE, for every row of a group that failed
   */
  void append(Pending row) {
    var place = new Place(row);
    if (!comesFirst(place) && awaitTurn(place) == State.ENDED) {
      tell(place.failure);
      return;
    }
    tell(write(place));
  }

  private static void tell(HubException failure) {
    if (failure != null) {
      var own = new HubException(failure.code(), "");
      own.initCause(failure);
      throw own;
    }
  }

  private boolean comesFirst(Place place) {
    synchronized (turn) {
      queue.add(place);
      if (!writing) {
        writing = true;
        return true;
      }
      if (gathering != null && enough()) {
        LockSupport.unpark(gathering.thread);
      }
      return false;
    }
  }

  /** Not to be interrupted: the row may be written already. */
  private static State awaitTurn(Place place) {
    var interrupted = false;
    while (place.state == State.WAITS) {
      LockSupport.park(place);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return place.state;
  }

  /**
   * No more requests are busy elsewhere than keep the processors busy while this group is written.
   */
  private boolean enough() {
    var here = queue.size();
    return here >= MOST || here >= underWay.count() - PROCESSORS;
  }

  private HubException write(Place own) {
    var group = new ArrayList<Place>();
    var failure = new HubException(ErrorCode.INTERNAL, "", "");
    try {
      gather(own);
      synchronized (turn) {
        while (group.size() < MOST && !queue.isEmpty()) {
          group.add(queue.poll());
        }
      }
      append(group.stream().map(place -> place.row).toList());
      failure = null;
    } catch (SQLException e) {
      failure = HubException.databaseUnreachable(e);
    } catch (HubException e) {
      failure = e;
    } finally {
      handOver();
      for (var place : group) {
        if (place != own) {
          place.failure = failure;
          place.become(State.ENDED);
        }
      }
    }
    return failure;
  }

  private void gather(Place own) {
    var deadline = System.nanoTime() + LONGEST_WAIT;
    synchronized (turn) {
      if (enough()) {
        return;
      }
      gathering = own;
    }
    for (; ; ) {
      var left = deadline - System.nanoTime();
      synchronized (turn) {
        if (left <= 0 || enough()) {
          gathering = null;
          return;
        }
      }
      LockSupport.parkNanos(this, left);
    }
  }

  private void handOver() {
    synchronized (turn) {
      var next = queue.peek();
      if (next == null) {
        writing = false;
      } else {
        next.become(State.WRITES);
      }
    }
  }

  private void append(List<Pending> rows) throws SQLException {
    try {
      for (var attempt = 1; attempt <= TRIES; attempt++) {
        var head = appendOnce(rows);
        if (head.isPresent()) {
          lane.moveTo(head.get());
          lastUsed = System.nanoTime();
          return;
        }
        lanes.retire(lane, "taken by another process");
        lane = null;
      }
      throw new SQLException("every lane was taken by another process");
    } catch (SQLException e) {
      // Whether it was committed is not known.
      forget(e);
      throw e;
    }
  }

  private Optional<Head> appendOnce(List<Pending> rows) throws SQLException {
    connect();
    if (lane == null) {
      lane = lanes.take();
    }
    return new AppendRows(connection, lanes.process()).append(lane.head(), rows);
  }

  private void connect() throws SQLException {
    if (connection != null && System.nanoTime() - lastUsed > IDLE && !connection.isValid(1)) {
      close();
    }
    if (connection == null) {
      connection = database.getConnection();
    }
  }

  private void forget(SQLException failure) {
    if (lane != null) {
      lanes.retire(lane, String.valueOf(failure.getSQLState()));
      lane = null;
    }
    close();
  }

  private void close() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debugf("audit=connection-not-closed cause=%s", e);
    }
    connection = null;
  }

  @PreDestroy
  void end() {
    synchronized (turn) {
      if (!writing) {
        close();
      }
    }
  }
}
