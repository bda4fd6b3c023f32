package io.yitong.hub.access.audit;

import io.agroal.api.AgroalDataSource;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hl7.fhir.r4.model.AuditEvent;

/** Reads the audit, newest first. */
@ApplicationScoped
public class AuditLog {
  private final AgroalDataSource database;

  AuditLog(AgroalDataSource database) {
    this.database = database;
  }

  /**
   * @param next {@link AuditQuery#before} of the page that follows; empty on the last
   */
  public record Page(List<AuditEvent> events, OptionalLong next) {
    public Page {
      events = List.copyOf(events);
    }
  }

  public Page search(AuditQuery query) {
    try (var connection = database.getConnection();
        var select = select(connection, query);
        var rows = select.executeQuery()) {
      var events = new ArrayList<AuditEvent>();
      var last = OptionalLong.empty();
      while (rows.next()) {
        if (events.size() == query.count()) {
          return new Page(events, last);
        }
        var row = row(rows);
        last = OptionalLong.of(row.id());
        events.add(BalpAuditEvent.of(row));
      }
      return new Page(events, OptionalLong.empty());
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  private static PreparedStatement select(Connection connection, AuditQuery query)
      throws SQLException {
    var conditions = new ArrayList<String>();
    var values = new ArrayList<Object>();
    query
        .from()
        .ifPresent(from -> add(conditions, values, "at >= ?", from.atOffset(ZoneOffset.UTC)));
    query
        .until()
        .ifPresent(until -> add(conditions, values, "at < ?", until.atOffset(ZoneOffset.UTC)));
    query
        .agent()
        .ifPresent(agent -> add(conditions, values, "(client = ? or subject = ?)", agent, agent));
    query.entity().ifPresent(entity -> add(conditions, values, "what = ?", entity));
    query.patient().ifPresent(patient -> add(conditions, values, "patient = ?", patient));
    query.before().ifPresent(id -> add(conditions, values, "id < ?", id));
    if (!query.outcomes().isEmpty()) {
      add(
          conditions,
          values,
          "outcome = any (?)",
          connection.createArrayOf("smallint", query.outcomes().toArray()));
    }
    add(conditions, values, "true order by id desc limit ?", query.count() + 1);
    var select =
        connection.prepareStatement(
            """
            select id, at, client, subject, institution, roles, purpose, agreement, action::text,
              interaction, what, query, patient, outcome, error, correlation
            from audit_event where\s"""
                + String.join(" and ", conditions));
    for (var i = 0; i < values.size(); i++) {
      select.setObject(i + 1, values.get(i));
    }
    return select;
  }

  private static void add(
      List<String> conditions, List<Object> values, String condition, Object... with) {
    conditions.add(condition);
    values.addAll(List.of(with));
  }

  private static AuditRow row(ResultSet rows) throws SQLException {
    return new AuditRow(
        rows.getLong("id"),
        rows.getObject("at", OffsetDateTime.class).toInstant(),
        rows.getString("client"),
        rows.getString("subject"),
        Optional.ofNullable(rows.getString("institution")),
        List.of(rows.getString("roles").split(" ", -1)),
        rows.getString("purpose"),
        Optional.ofNullable(rows.getString("agreement")),
        rows.getString("action"),
        rows.getString("interaction"),
        rows.getString("what"),
        rows.getString("query"),
        Optional.ofNullable(rows.getString("patient")),
        rows.getInt("outcome"),
        Optional.ofNullable(rows.getString("error")),
        rows.getString("correlation"));
  }
}
