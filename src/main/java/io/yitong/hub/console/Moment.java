package io.yitong.hub.console;

import java.time.Duration;
import java.time.Instant;

/**
 * When something was, and how long ago that is by the hub's clock: a browser's clock may be wrong.
 */
record Moment(Instant at, long ageSeconds) {
  static Moment of(Instant at, Instant now) {
    return new Moment(at, Math.max(0, Duration.between(at, now).toSeconds()));
  }
}
