package io.yitong.hub.record;

import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * How PostgreSQL would run a statement on a few thousand resources, without reading a table whole.
 */
public final class Plans {
  private final DataSource database;

  public Plans(DataSource database) {
    this.database = database;
  }

  /** The rows that the plan is made for are gone again afterwards. */
  public String of(Sql statement) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Sql.of(
                """
                insert into resource (rid, self, last_updated, date_low, date_high, digest, version, type, fhir_id,
                                      patient, keys, content)
                select -g, g, now() - g * interval '1 minute', now(), now(), gen_random_uuid(), 1, t.id,
                       'plan' || g, 'plan' || g % 100, array[g, g % 50], '{}'
                from generate_series(1, 3000) g
                join unnest(?) with ordinality t(id, n) on t.n = g % 4 + 1\
                """,
                (Object)
                    TypeCodes.of(
                        List.of(
                            ResourceType.Patient,
                            ResourceType.Observation,
                            ResourceType.DiagnosticReport,
                            ResourceType.Encounter)))
            .update(connection);
        Sql.of(
                """
                insert into resource_history (rid, version, last_updated, deleted, content, type)
                select rid, 0, last_updated, false, content, type from resource where rid < 0\
                """)
            .update(connection);
        Sql.of(
                """
                insert into contained (rid, container, type, fhir_id, self, date_low, date_high, keys, content)
                select rid - 10000, rid, ?, 'm', self, date_low, date_high, keys, '{}' from resource where rid < 0\
                """,
                TypeCodes.of(ResourceType.Medication))
            .update(connection);
        // Rows of earlier plans wait in the indexes' pending lists, which make an index look dear.
        Sql.of(
                "select gin_clean_pending_list('resource_keys'), gin_clean_pending_list('contained_keys')")
            .query(connection, row -> row.getLong(1));
        Sql.of("analyze resource, resource_history, contained").update(connection);
        Sql.of("set local enable_seqscan = off").update(connection);
        return Sql.of("explain ").add(statement).query(connection, row -> row.getString(1)).stream()
            .collect(Collectors.joining("\n"));
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
