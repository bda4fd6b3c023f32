package io.yitong.hub.recognition.books;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Adds up a period, from the events alone: the same events give the same figures. */
@ApplicationScoped
public class TallyRecognition {
  private final AgroalDataSource database;

  TallyRecognition(AgroalDataSource database) {
    this.database = database;
  }

  /**
   * @param until exclusive
   */
  public Tally between(Instant from, Instant until) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                """
                select kind, coalesce(ground, ?), count(*), sum(amount), bool_or(illustrative)
                from recognition_event
                where at >= ? and at < ? and kind <> 'VIEWED'
                group by 1, 2""")) {
      select.setString(1, Tally.WITHOUT_REASON);
      select.setObject(2, from.atOffset(ZoneOffset.UTC));
      select.setObject(3, until.atOffset(ZoneOffset.UTC));
      Map<String, Long> counts = new HashMap<>();
      Map<String, BigDecimal> amounts = new HashMap<>();
      Map<String, Long> refusals = new HashMap<>();
      var illustrative = false;
      try (var row = select.executeQuery()) {
        while (row.next()) {
          var kind = row.getString(1);
          counts.merge(kind, row.getLong(3), Long::sum);
          amounts.merge(kind, row.getBigDecimal(4), BigDecimal::add);
          illustrative |= row.getBoolean(5);
          if (kind.equals("REFUSED")) {
            refusals.put(row.getString(2), row.getLong(3));
          }
        }
      }
      return new Tally(
          counts.getOrDefault("PROMPTED", 0L),
          counts.getOrDefault("RECOGNISED", 0L),
          counts.getOrDefault("UNDONE", 0L),
          refusals,
          reported(connection, from, until),
          amounts.getOrDefault("RECOGNISED", BigDecimal.ZERO),
          amounts.getOrDefault("UNDONE", BigDecimal.ZERO),
          illustrative);
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  private static long reported(Connection connection, Instant from, Instant until)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "select count(*) from recognition_reported where at >= ? and at < ?")) {
      select.setObject(1, from.atOffset(ZoneOffset.UTC));
      select.setObject(2, until.atOffset(ZoneOffset.UTC));
      try (var row = select.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
