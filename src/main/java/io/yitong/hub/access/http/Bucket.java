package io.yitong.hub.access.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A token bucket kept as the one moment at which it will be full again (the generic cell rate
 * algorithm): one compare-and-set a request. Times are nanoseconds of one monotonic clock.
 */
final class Bucket {
  private static final long SECOND = 1_000_000_000;

  private final AtomicLong full;
  private final AtomicLong row;

  /** How fast it fills and how much it holds. */
  record Limit(long interval, long tolerance) {
    /**
     * @param rate requests a second in the long run
     * @param burst requests at once
     */
    static Limit of(int rate, int burst) {
      if (rate < 1 || burst < 1) {
        throw new IllegalArgumentException(
            "a rate and a burst are at least 1, not %d and %d".formatted(rate, burst));
      }
      var interval = SECOND / rate;
      return new Limit(interval, interval * burst);
    }
  }

  Bucket(long now) {
    full = new AtomicLong(now);
    row = new AtomicLong(now - SECOND);
  }

  /** Takes one; when there is none, how long until there is, and nothing is taken. */
  long take(Limit limit, long now) {
    while (true) {
      var before = full.get();
      var after = Math.max(before - now, 0) + limit.interval();
      if (after > limit.tolerance()) {
        return after - limit.tolerance();
      }
      if (full.compareAndSet(before, now + after)) {
        return 0;
      }
    }
  }

  /** Whether a refusal is to be put on record: one a second, so that a flood does not fill it. */
  boolean isWorthARow(long now) {
    var last = row.get();
    return now - last >= SECOND && row.compareAndSet(last, now);
  }
}
