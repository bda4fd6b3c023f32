package io.yitong.hub.record;

import io.yitong.hub.access.OwnRecords;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.sql.DataSource;

/** A person's Patients, by the links that {@code identity} keeps. */
@ApplicationScoped
class LinkedRecords implements OwnRecords {
  private final DataSource database;

  LinkedRecords(DataSource database) {
    this.database = database;
  }

  @Override
  public Set<String> patientsOf(String patient) {
    try (var connection = database.getConnection()) {
      var patients = new LinkedHashSet<String>();
      patients.add(patient);
      patients.addAll(
          Sql.of(
                  """
                  select other.patient from person_link own join person_link other using (person)
                  where own.patient = ?\
                  """,
                  patient)
              .query(connection, row -> row.getString(1)));
      return patients;
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
