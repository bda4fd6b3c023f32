package io.yitong.hub.record;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Runs work in a transaction of its own, and again when it lost a race that the next try will not
 * lose: a deadlock, a serialization failure, two creations of one id. The work must start afresh
 * each time it is called.
 */
@ApplicationScoped
public class RetriedTransaction {
  private static final Set<String> LOST_RACE = Set.of("40001", "40P01", "23505");
  private static final int TRIES = 6;

  /**
   * @throws HubException {@link ErrorCode#BUSY} when every try lost
   */
  public <T> T call(Callable<T> work) {
    for (var attempt = 1; ; attempt++) {
      try {
        return QuarkusTransaction.requiringNew().call(work);
      } catch (RuntimeException e) {
        if (!lostRace(e)) {
          throw e;
        }
        if (attempt == TRIES) {
          throw new HubException(ErrorCode.BUSY, "");
        }
      }
    }
  }

  /** Whoever's statement it was: write steps have their own. */
  private static boolean lostRace(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && LOST_RACE.contains(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }
}
