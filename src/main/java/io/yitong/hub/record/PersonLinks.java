package io.yitong.hub.record;

import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.visibility.PatientAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Which person each institution's Patient stands for: the projection by which a query reaches the
 * whole record of a person. Written by {@code identity}, in the transaction of the write that
 * caused it.
 */
@ApplicationScoped
public class PersonLinks {
  private final DataSource database;

  PersonLinks(DataSource database) {
    this.database = database;
  }

  /** Sets the person of each patient id, replacing the one before. */
  public void link(Map<String, UUID> personByPatientId) {
    if (personByPatientId.isEmpty()) {
      return;
    }
    // In one order everywhere, so that two transactions cannot wait for each other.
    var sorted = new TreeMap<>(personByPatientId);
    try (var connection = database.getConnection()) {
      var concerned = samePersons(sorted.keySet(), connection);
      Sql.of(
              """
              insert into person_link (patient, person)
              select * from unnest(?::text[], ?::uuid[]) order by 1
              on conflict (patient) do update set person = excluded.person
              where person_link.person <> excluded.person\
              """,
              sorted.keySet().toArray(String[]::new),
              sorted.values().stream().map(UUID::toString).toArray(String[]::new))
          .update(connection);
      PatientAccess.refresh(concerned, connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** These patients and all others of the persons that they have stood for. */
  private static List<String> samePersons(Collection<String> patients, Connection connection) {
    return Sql.of(
            "select patient from patients_of_persons(?)", (Object) patients.toArray(String[]::new))
        .query(connection, row -> row.getString(1));
  }

  /** Patient id to person; patients without a person are missing. */
  public Map<String, UUID> personsOf(Collection<String> patientIds) {
    try (var connection = database.getConnection()) {
      return Sql.of(
              "select patient, person from person_link where patient = any(?)",
              (Object) patientIds.toArray(String[]::new))
          .query(connection, row -> Map.entry(row.getString(1), row.getObject(2, UUID.class)))
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
