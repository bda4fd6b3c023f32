package io.yitong.hub.access.audit.chain;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;

/** Puts rows at the ends of the chains. */
@ApplicationScoped
public class AppendToChain {
  private final AppendInGroups groups;
  private final AppendWithTransaction within;
  private final TransactionSynchronizationRegistry transactions;

  AppendToChain(
      AppendInGroups groups,
      AppendWithTransaction within,
      TransactionSynchronizationRegistry transactions) {
    this.groups = groups;
    this.within = within;
    this.transactions = transactions;
  }

  /**
   * Returns when the row is on disk or, inside a transaction, will be once that is committed.
   *
   * @throws HubException DATABASE_UNREACHABLE
   */
  public void append(AuditRow row) {
    if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
      groups.append(Pending.of(row));
      return;
    }
    try {
      within.append(Pending.of(row));
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  /**
   * Returns when the row is on disk, whatever becomes of the transaction under way.
   *
   * @throws HubException DATABASE_UNREACHABLE
   */
  public void appendApart(AuditRow row) {
    if (transactions.getTransactionStatus() == Status.STATUS_NO_TRANSACTION) {
      groups.append(Pending.of(row));
    } else {
      QuarkusTransaction.suspendingExisting().run(() -> groups.append(Pending.of(row)));
    }
  }
}
