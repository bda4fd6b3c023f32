package io.yitong.hub.record.bulk;

import java.time.Duration;

/** Waits within a job. */
public final class Pause {
  private Pause() {}

  /** An interruption means that the hub is going down: the job breaks off and is given back. */
  public static void of(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the hub is stopping", e);
    }
  }
}
