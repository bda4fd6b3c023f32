package io.yitong.hub.record;

import java.sql.SQLException;

/** A statement failed for a reason that no caller caused. */
public final class DatabaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseFailure(SQLException cause) {
    super(cause);
  }
}
