package io.yitong.hub.record.change;

import io.quarkus.scheduler.Scheduled;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Takes changes away a month after every consumer has passed them. */
@ApplicationScoped
class ForgetChanges {
  private final DataSource database;

  ForgetChanges(DataSource database) {
    this.database = database;
  }

  @Scheduled(
      every = "1h",
      delayed = "10m",
      concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void forget() {
    try (var connection = database.getConnection()) {
      Sql.of(
              """
              delete from change where at < now() - interval '30 days' and not exists (
                select 1 from change_cursor c
                where (c.tx, c.sequence) < (change.tx, change.sequence))\
              """)
          .update(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
