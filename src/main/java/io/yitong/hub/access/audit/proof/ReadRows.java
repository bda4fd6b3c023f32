package io.yitong.hub.access.audit.proof;

import io.yitong.hub.access.audit.chain.AuditRow;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row of the table, as a row of the audit. */
public final class ReadRows {
  /** To be selected, whatever else is. */
  public static final String COLUMNS =
      """
      at, client, subject, institution, behalf, roles, purpose, agreement, action, interaction, what,
      query, patient, patients, outcome, error, correlation""";

  private ReadRows() {}

  public static AuditRow row(ResultSet rows) throws SQLException {
    return new AuditRow(
        rows.getLong("at"),
        rows.getString("client"),
        rows.getString("subject"),
        Optional.ofNullable(rows.getString("institution")),
        Optional.ofNullable(rows.getString("behalf")),
        rows.getString("roles"),
        rows.getString("purpose"),
        Optional.ofNullable(rows.getString("agreement")),
        rows.getString("action"),
        rows.getString("interaction"),
        rows.getString("what"),
        rows.getString("query"),
        patients(rows.getString("patient"), rows.getArray("patients")),
        rows.getInt("outcome"),
        Optional.ofNullable(rows.getString("error")),
        rows.getString("correlation"));
  }

  /**
   * What no append of this hub writes, an array of one, or one with spaces in it, gets an id too
   * many, so that its hash is not that of what it looks like.
   */
  private static List<String> patients(String one, Array several) throws SQLException {
    if (several == null) {
      return one == null ? List.of() : List.of(one);
    }
    var patients = new ArrayList<String>();
    if (one != null) {
      patients.add(one);
    }
    for (var id : (String[]) several.getArray()) {
      patients.add(String.valueOf(id));
    }
    if (patients.size() < 2 || patients.stream().anyMatch(id -> id.indexOf(' ') >= 0)) {
      patients.add("");
    }
    return patients;
  }
}
