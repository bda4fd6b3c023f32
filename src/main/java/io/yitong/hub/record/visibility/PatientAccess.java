package io.yitong.hub.record.visibility;

import io.yitong.hub.record.sql.Sql;
import java.sql.Connection;
import java.util.Collection;

/**
 * The projection that access rules are judged by: one row for each patient and reader. Whoever
 * changes what it is made of has it made afresh, in the same transaction.
 */
public final class PatientAccess {
  private PatientAccess() {}

  /**
   * Of these patients and all others of the same persons.
   *
   * @param patients FHIR ids
   */
  public static void refresh(Collection<String> patients, Connection connection) {
    if (!patients.isEmpty()) {
      Sql.of("select refresh_patient_access(?)", (Object) patients.toArray(String[]::new))
          .query(connection, row -> true);
    }
  }
}
