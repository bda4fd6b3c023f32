package io.yitong.hub.record.bulk;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/**
 * Waits for transactions that are under way: what they are about to commit was decided before now.
 */
@ApplicationScoped
public class OpenTransactions {
  /** Name of sessions that only read, for however long; nobody waits for them. */
  public static final String READER = "yitong-export";

  private static final Duration BETWEEN = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final DataSource database;

  OpenTransactions(DataSource database) {
    this.database = database;
  }

  /**
   * Returns once every transaction of the hub that is open now has ended. Those of other users of
   * the database write no resources.
   *
   * @throws HubException BUSY when one of them stays open for longer than any write may take
   */
  public void awaitEnd(Lease lease) {
    try (var connection = database.getConnection()) {
      var now =
          Sql.of("select clock_timestamp()")
              .query(connection, row -> row.getObject(1, OffsetDateTime.class))
              .get(0);
      var waited = Duration.ZERO;
      while (open(now, connection)) {
        lease.check();
        if (waited.compareTo(LONGEST) > 0) {
          throw new HubException(ErrorCode.BUSY, "");
        }
        Pause.of(BETWEEN);
        waited = waited.plus(BETWEEN);
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private static boolean open(OffsetDateTime before, Connection connection) {
    return Sql.of(
            """
            select exists (select 1 from pg_stat_activity
              where datname = current_database() and usename = current_user
                and pid <> pg_backend_pid() and application_name <> ? and xact_start <= ?)\
            """,
            READER,
            before)
        .query(connection, row -> row.getBoolean(1))
        .get(0);
  }
}
