package io.yitong.hub.oversight.score;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How many may be looked at: so many a second, and what was not used for a second at most. */
final class Allowance {
  private final double perSecond;
  private final Clock clock;
  private double left;
  private Instant counted;

  Allowance(int perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.left = perSecond;
    this.counted = clock.instant();
  }

  /**
   * @return how many of {@code wanted} may be
   */
  synchronized int take(int wanted) {
    var now = clock.instant();
    var earned = perSecond * Duration.between(counted, now).toMillis() / 1000.0;
    left = Math.min(perSecond, left + earned);
    counted = now;
    var taken = Math.min(wanted, (int) left);
    left -= taken;
    return taken;
  }
}
