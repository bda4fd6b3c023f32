package io.yitong.hub.access.audit.search;

import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * Takes the pages that were filled since into the index of users, clients and resources, so that
 * nobody who appends has to. Pages not yet in it are read by every search that uses it.
 */
@ApplicationScoped
class FillIndex {
  private static final Logger LOG = Logger.getLogger(FillIndex.class);

  private final AgroalDataSource database;

  FillIndex(AgroalDataSource database) {
    this.database = database;
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  void fill() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("select brin_summarize_new_values('audit_event_words')");
    } catch (SQLException e) {
      LOG.warnf("audit=index-not-filled cause=%s", e);
    }
  }
}
