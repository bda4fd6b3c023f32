package io.yitong.hub.launch.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For what happens after it was acknowledged. */
final class Waiting {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private Waiting() {}

  /** False when it is not so by the end of the time given. */
  static boolean until(Duration limit, BooleanSupplier so) {
    var end = System.nanoTime() + limit.toNanos();
    while (!so.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
