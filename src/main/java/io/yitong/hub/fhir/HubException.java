package io.yitong.hub.fhir;

import java.sql.SQLException;
import java.util.List;

/** A refusal or fault with its entry in the one error table. */
public final class HubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Characters of what was sent that a refusal repeats. */
  private static final int LONGEST_TOLD = 2000;

  private final ErrorCode code;
  private final String where;
  private final transient List<Object> arguments;
  private final transient List<HubException> further;

  /**
   * @param where the element (FHIRPath), search parameter or HL7 path it is about; empty when it is
   *     about none
   * @param arguments what the texts of the code take, in order
   */
  public HubException(ErrorCode code, String where, Object... arguments) {
    this(code, where, List.of(arguments), List.of());
  }

  private HubException(
      ErrorCode code, String where, List<Object> arguments, List<HubException> further) {
    super(code.english(told(arguments).toArray()));
    this.code = code;
    this.where = told(where);
    this.arguments = told(arguments);
    this.further = further;
  }

  /** What was sent may have megabytes: a refusal repeats the beginning. */
  private static List<Object> told(List<Object> arguments) {
    return arguments.stream().map(each -> each instanceof String text ? told(text) : each).toList();
  }

  private static String told(String text) {
    if (text.length() <= LONGEST_TOLD) {
      return text;
    }
    var end = Character.isHighSurrogate(text.charAt(LONGEST_TOLD - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TOLD - end) + "…";
  }

  /**
   * Several things wrong at once: the first speaks for all.
   *
   * @param findings at least one
   */
  public static HubException all(List<HubException> findings) {
    var first = findings.get(0);
    return new HubException(
        first.code,
        first.where,
        first.arguments,
        List.copyOf(findings.subList(1, findings.size())));
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

  /** What else is wrong. */
  public List<HubException> further() {
    return further;
  }

  public String chinese() {
    return code.chinese(arguments.toArray());
  }

  public String english() {
    return code.english(arguments.toArray());
  }
}
