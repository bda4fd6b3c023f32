package io.yitong.hub.api.answer;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.util.Set;

/** What a failure is, in terms of the one error table. */
public final class Failures {
  /** SQLSTATE classes of a database that is not there: connection, shutdown, out of connections. */
  private static final Set<String> GONE = Set.of("08", "57", "53");

  private Failures() {}

  public static HubException explain(Throwable failure, CorrelationId correlation) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HubException refusal) {
        return refusal;
      }
      if (cause instanceof UnauthorizedException
          || cause instanceof AuthenticationFailedException) {
        return new HubException(ErrorCode.NOT_AUTHENTICATED, "");
      }
      if (cause instanceof ForbiddenException) {
        return new HubException(ErrorCode.NOT_PERMITTED, "");
      }
      if (cause instanceof WebApplicationException web) {
        return explain(web, correlation);
      }
      if (cause instanceof SQLException sql && isGone(sql)) {
        return new HubException(ErrorCode.DATABASE_UNREACHABLE, "");
      }
    }
    return new HubException(ErrorCode.INTERNAL, "", correlation.value());
  }

  private static HubException explain(WebApplicationException web, CorrelationId correlation) {
    return switch (web.getResponse().getStatus()) {
      case 401 -> new HubException(ErrorCode.NOT_AUTHENTICATED, "");
      case 403 -> new HubException(ErrorCode.NOT_PERMITTED, "");
      case 404 -> new HubException(ErrorCode.ADDRESS_UNKNOWN, "");
      case 405 -> new HubException(ErrorCode.METHOD_NOT_SUPPORTED, "", "-");
      case 406 -> new HubException(ErrorCode.FORMAT_NOT_SUPPORTED, "");
      case 413 -> new HubException(ErrorCode.REQUEST_TOO_LARGE, "", "16M");
      case 415 -> new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "", "-");
      case 400 -> new HubException(ErrorCode.PARAMETER_INVALID, "", "-", web.getMessage());
      default -> new HubException(ErrorCode.INTERNAL, "", correlation.value());
    };
  }

  /** No SQLSTATE: the pool had no connection to give in time. */
  private static boolean isGone(SQLException e) {
    return e.getSQLState() == null
        ? e.getMessage() != null && e.getMessage().contains("timeout")
        : e.getSQLState().length() > 1 && GONE.contains(e.getSQLState().substring(0, 2));
  }
}
