package io.yitong.hub.record.sql;

import java.sql.SQLException;

/** A statement failed for a reason that no caller caused. */
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseFailure(SQLException cause) {
    super(cause);
  }
}
