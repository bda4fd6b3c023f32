package io.yitong.hub.access.audit;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What stands in the audit, for tests. */
@ApplicationScoped
public class AuditRows {
  private final AgroalDataSource database;

  AuditRows(AgroalDataSource database) {
    this.database = database;
  }

  /** {@code client error outcome} of each row with the correlation id, oldest first. */
  public List<String> under(String correlation) {
    return rows("client || ' ' || coalesce(error, '-') || ' ' || outcome", correlation);
  }

  /** {@code interaction what patient} of each row with the correlation id, oldest first. */
  public List<String> interactions(String correlation) {
    return rows(
        "interaction || ' ' || what || ' ' || coalesce(patient, array_to_string(patients, ' '), '-')",
        correlation);
  }

  /** {@code interaction error} of each row with the correlation id, oldest first. */
  public List<String> outcomes(String correlation) {
    return rows("concat_ws(' ', interaction, error)", correlation);
  }

  /** The query of each row with the correlation id, oldest first. */
  public List<String> queries(String correlation) {
    return rows("query", correlation);
  }

  private List<String> rows(String columns, String correlation) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "select "
                    + columns
                    + " from audit_event where correlation = ? order by at, chain, seq")) {
      select.setString(1, correlation);
      var rows = select.executeQuery();
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
