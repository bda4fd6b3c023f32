package io.yitong.hub.access.audit.search;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.access.audit.proof.ReadRows;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads the audit, newest first. */
@ApplicationScoped
public class AuditLog {
  private static final String STOPPED = "57014";

  private final AgroalDataSource database;
  private final Clock clock;
  private final int seconds;

  AuditLog(
      AgroalDataSource database,
      Clock clock,
      @ConfigProperty(name = "yitong.search.timeout") Duration timeout) {
    this.database = database;
    this.clock = clock;
    this.seconds = (int) Math.max(1, timeout.toSeconds());
  }

  /**
   * @param next {@link AuditQuery#before} of the page that follows; empty on the last
   */
  public record Page(List<AuditEntry> entries, Optional<Place> next) {
    public Page {
      entries = List.copyOf(entries);
    }
  }

  /**
   * @throws HubException SEARCH_TOO_SLOW for a question without a patient, user or time among many
   *     rows
   */
  public Page search(AuditQuery query) {
    try (var connection = database.getConnection()) {
      var select = new SelectRows(query, since(connection, query), clock.instant());
      try (var statement = connection.prepareStatement(select.text())) {
        select.bind(statement);
        statement.setQueryTimeout(seconds);
        try (var rows = statement.executeQuery()) {
          var entries = new ArrayList<AuditEntry>();
          while (rows.next()) {
            entries.add(
                new AuditEntry(new RowId(rows.getInt(1), rows.getLong(2)), ReadRows.row(rows)));
          }
          return page(entries, query.count());
        }
      }
    } catch (SQLException e) {
      if (STOPPED.equals(e.getSQLState())) {
        throw new HubException(ErrorCode.SEARCH_TOO_SLOW, "", seconds);
      }
      throw HubException.databaseUnreachable(e);
    }
  }

  private static Page page(List<AuditEntry> entries, int count) {
    if (entries.size() <= count) {
      return new Page(entries, Optional.empty());
    }
    return new Page(entries.subList(0, count), Optional.of(entries.get(count - 1).place()));
  }

  /** When the audit begins, unless the question begins later. */
  private static Instant since(Connection connection, AuditQuery query) throws SQLException {
    try (var select = connection.prepareStatement("select coalesce(min(at), 0) from audit_event");
        var row = select.executeQuery()) {
      row.next();
      var begins = Instant.ofEpochMilli(row.getLong(1) / 1000);
      return query.from().filter(from -> from.isAfter(begins)).orElse(begins);
    }
  }
}
