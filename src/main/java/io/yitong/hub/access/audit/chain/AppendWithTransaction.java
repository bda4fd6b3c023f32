package io.yitong.hub.access.audit.chain;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.util.List;

/**
 * Appends within the transaction of the work that is recorded: its rows share a lane, which nobody
 * else has until the transaction has ended.
 */
@ApplicationScoped
class AppendWithTransaction {
  private static final int TRIES = 3;

  private final AgroalDataSource database;
  private final Lanes lanes;
  private final TransactionSynchronizationRegistry transactions;

  AppendWithTransaction(
      AgroalDataSource database, Lanes lanes, TransactionSynchronizationRegistry transactions) {
    this.database = database;
    this.lanes = lanes;
    this.transactions = transactions;
  }

  void append(Pending row) throws SQLException {
    var held = (Held) transactions.getResource(Held.class);
    if (held == null) {
      held = new Held();
      transactions.registerInterposedSynchronization(held);
      transactions.putResource(Held.class, held);
    }
    held.append(row);
  }

  /** A lane during one transaction. */
  private final class Held implements Synchronization {
    private Lane lane;

    /** Null before the first row. */
    private Head head;

    private boolean committing;
    private boolean broken;

    void append(Pending row) throws SQLException {
      try {
        appendNext(row);
      } catch (SQLException e) {
        broken = true;
        throw e;
      }
    }

    private void appendNext(Pending row) throws SQLException {
      for (var attempt = 1; attempt <= TRIES; attempt++) {
        if (lane == null) {
          lane = lanes.take();
        }
        try (var connection = database.getConnection()) {
          var from = head == null ? lane.head() : head;
          var next = new AppendRows(connection, lanes.process()).append(from, List.of(row));
          if (next.isPresent()) {
            head = next.get();
            return;
          }
        }
        lanes.retire(lane, "taken by another process");
        lane = null;
      }
      throw new SQLException("every lane was taken by another process");
    }

    @Override
    public void beforeCompletion() {
      committing = true;
    }

    /** Rolled back though it was to be committed: the commit may have failed on the way. */
    @Override
    public void afterCompletion(int status) {
      if (lane == null) {
        return;
      }
      if (status == Status.STATUS_COMMITTED) {
        if (head != null) {
          lane.moveTo(head);
        }
        lanes.giveBack(lane);
      } else if (status == Status.STATUS_ROLLEDBACK && !committing && !broken) {
        lanes.giveBack(lane);
      } else {
        lanes.retire(lane, "transaction ended with status " + status);
      }
      lane = null;
    }
  }
}
