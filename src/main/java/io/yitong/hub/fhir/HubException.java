package io.yitong.hub.fhir;

import java.sql.SQLException;
import java.util.List;

/** A refusal or fault with its entry in the one error table. */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String where;
  private final transient List<Object> arguments;

  /**
   * @param where the element (FHIRPath), search parameter or HL7 path it is about; empty when it is
   *     about none
   * @param arguments what the texts of the code take, in order
   */
  public HubException(ErrorCode code, String where, Object... arguments) {
    super(code.english(arguments));
    this.code = code;
    this.where = where;
    this.arguments = List.of(arguments);
  }

  /** The database failed; worth trying again. */
  public static HubException databaseUnreachable(SQLException cause) {
    var unreachable = new HubException(ErrorCode.DATABASE_UNREACHABLE, "");
    unreachable.initCause(cause);
    return unreachable;
  }

  public ErrorCode code() {
    return code;
  }

  public String where() {
    return where;
  }

  /** What the texts of the code take, in order. */
  public List<Object> arguments() {
    return arguments;
  }

  public String chinese() {
    return code.chinese(arguments.toArray());
  }

  public String english() {
    return code.english(arguments.toArray());
  }
}
