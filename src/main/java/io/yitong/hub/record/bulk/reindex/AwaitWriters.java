package io.yitong.hub.record.bulk.reindex;

import io.yitong.hub.record.bulk.Lease;
import io.yitong.hub.record.bulk.OpenTransactions;
import io.yitong.hub.record.bulk.Pause;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Waits until every process writes by what was committed before: none may write by what it knew
 * more than {@link #LEASE} ago, and then those transactions have to end that began by it.
 */
@ApplicationScoped
public class AwaitWriters {
  public static final Duration LEASE = Duration.ofSeconds(3);

  private static final Duration STEP = Duration.ofMillis(100);
  private static final Duration UNTIL_ALL_KNOW = LEASE.plus(STEP);

  private final OpenTransactions open;

  AwaitWriters(OpenTransactions open) {
    this.open = open;
  }

  public void await(Lease lease) {
    for (var waited = Duration.ZERO;
        waited.compareTo(UNTIL_ALL_KNOW) < 0;
        waited = waited.plus(STEP)) {
      lease.check();
      Pause.of(STEP);
    }
    open.awaitEnd(lease);
  }
}
