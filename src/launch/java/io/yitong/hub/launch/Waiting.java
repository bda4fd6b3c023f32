package io.yitong.hub.launch;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** For what another process does in its own time. */
public final class Waiting {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private Waiting() {}

  /** False when it is not so by the end of the time given. */
  public static boolean until(Duration limit, BooleanSupplier so) {
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
