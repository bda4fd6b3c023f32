package io.yitong.hub.record;

import io.yitong.hub.access.OwnRecords;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
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
      return Set.copyOf(
          Sql.of("select patient from patients_of_persons(array[?])", patient)
              .query(connection, row -> row.getString(1)));
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
