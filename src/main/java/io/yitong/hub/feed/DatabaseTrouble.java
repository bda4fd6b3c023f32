package io.yitong.hub.feed;

import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.transaction.xa.XAException;

/** Tells a fault of the database, which passes, from a fault of ours, which does not. */
enum DatabaseTrouble {
  /** Cannot be reached, is shutting down or full: nothing can be done until that changes. */
  UNREACHABLE,
  /** Lost against a transaction beside it: worth trying again at once. */
  CONFLICT,
  NONE;

  private static final Set<String> CONFLICTS = Set.of("40001", "40P01", "55P03", "23505");

  static DatabaseTrouble in(Throwable fault) {
    var seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
    return search(fault, seen);
  }

  private static DatabaseTrouble search(Throwable fault, Set<Throwable> seen) {
    if (fault == null || !seen.add(fault)) {
      return NONE;
    }
    var here = kind(fault);
    if (here != NONE) {
      return here;
    }
    for (var suppressed : fault.getSuppressed()) {
      var found = search(suppressed, seen);
      if (found != NONE) {
        return found;
      }
    }
    var cause = search(fault.getCause(), seen);
    var unknownCommit =
        fault instanceof RollbackException
            || fault instanceof SystemException
            || fault instanceof XAException;
    return cause == NONE && unknownCommit ? UNREACHABLE : cause;
  }

  private static DatabaseTrouble kind(Throwable fault) {
    if (!(fault instanceof SQLException sql)) {
      return NONE;
    }
    var state = sql.getSQLState();
    if (state == null) {
      return UNREACHABLE; // the pool's own: no connection to be had in time
    }
    if (CONFLICTS.contains(state)) {
      return CONFLICT;
    }
    var unreachable =
        state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P")
            || state.startsWith("58");
    return unreachable ? UNREACHABLE : NONE;
  }
}
