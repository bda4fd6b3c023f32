package io.yitong.hub.exchange;

import java.time.Duration;

/** A moment by which an answer must be there, on the monotonic clock: wall time may jump. */
record Deadline(long atNanos) {
  static Deadline in(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Never negative. */
  Duration remaining() {
    return Duration.ofNanos(Math.max(0, atNanos - System.nanoTime()));
  }
}
