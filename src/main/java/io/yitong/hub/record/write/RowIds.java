package io.yitong.hub.record.write;

import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;

/** Row numbers, taken from the database by the thousand. */
@ApplicationScoped
class RowIds {
  /** The increment of the sequence. */
  private static final int BLOCK = 1000;

  private long next;
  private long end;

  synchronized long next(Connection connection) {
    if (next == end) {
      next =
          Sql.of("select nextval('resource_rid')").query(connection, row -> row.getLong(1)).get(0);
      end = next + BLOCK;
    }
    return next++;
  }
}
