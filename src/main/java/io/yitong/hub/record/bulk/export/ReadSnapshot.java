package io.yitong.hub.record.bulk.export;

import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.NdjsonFiles;
import io.yitong.hub.record.bulk.OpenTransactions;
import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.StoredText;
import io.yitong.hub.record.sql.TypeCodes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;

/** A transaction that sees the database as it was when it began, however long it reads. */
final class ReadSnapshot {
  /** Rows in memory at a time: large ones may have megabytes. */
  private static final int ROWS = 100;

  private final Connection connection;

  ReadSnapshot(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    try (var settings = connection.createStatement()) {
      settings.execute("set transaction isolation level repeatable read, read only");
      settings.execute("set local application_name = '" + OpenTransactions.READER + "'");
      settings.execute("set local statement_timeout = 0");
      // Every row is read: what makes the first ones come early is of no use.
      settings.execute("set local cursor_tuple_fraction = 1.0");
    }
  }

  Connection connection() {
    return connection;
  }

  /**
   * @param selection of one column: the bytes of a line
   * @return {@code before} and those written
   */
  long copy(Sql selection, NdjsonFiles output, long before, Lease lease) {
    var written = new long[] {before};
    selection.each(
        connection,
        ROWS,
        row -> {
          lease.check();
          output.write(StoredText.json(row.getBytes(1)));
          lease.done(++written[0]);
        });
    return written[0];
  }

  /** Those of the types of which there is anything at all. */
  List<ResourceType> present(List<ResourceType> types) {
    return Sql.of(
            """
            select t.code from unnest(?) t(code)
            where exists (select 1 from resource r where r.type = t.code) order by 1\
            """,
            (Object) TypeCodes.of(types))
        .query(connection, row -> TypeCodes.type(row.getShort(1)));
  }

  List<String> texts(Sql selection) {
    return selection.query(connection, row -> row.getString(1));
  }

  void end() {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
