package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.Sql.RowReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops a search that takes too long: it would hold up everybody else's. */
@ApplicationScoped
class LimitedTime {
  private static final String STOPPED = "57014";

  private final int seconds;

  LimitedTime(@ConfigProperty(name = "yitong.search.timeout") Duration timeout) {
    this.seconds = (int) Math.max(1, timeout.toSeconds());
  }

  <T> List<T> query(Sql sql, Connection connection, RowReader<T> reader) {
    try {
      return sql.query(connection, seconds, reader);
    } catch (DatabaseFailure e) {
      if (e.getCause() instanceof SQLException cause && STOPPED.equals(cause.getSQLState())) {
        throw new HubException(ErrorCode.SEARCH_TOO_SLOW, "", seconds);
      }
      throw e;
    }
  }
}
