package io.yitong.hub.launch;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** Says on the terminal what is being waited for and how long it took. */
public final class Progress {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int LOOKS_PER_DOT = 5;

  private final PrintStream out;

  public Progress(PrintStream out) {
    this.out = out;
  }

  void say(String text) {
    out.println(text);
  }

  /** A piece of work with its name before and its duration behind. */
  <T> T timed(String what, Work<T> work) {
    out.print("  " + what + " ... ");
    out.flush();
    var start = System.nanoTime();
    try {
      var result = work.run();
      out.println(seconds(start));
      return result;
    } catch (LaunchFailure e) {
      out.println("failed");
      throw e;
    } catch (Exception e) {
      out.println("failed");
      throw new LaunchFailure(what + ": " + e.getMessage(), e);
    }
  }

  /** Looks again and again until it is so; a dot a second. False when the time is up. */
  boolean await(Duration limit, BooleanSupplier ready) {
    var end = System.nanoTime() + limit.toNanos();
    for (var look = 1; System.nanoTime() < end; look++) {
      if (ready.getAsBoolean()) {
        return true;
      }
      if (look % LOOKS_PER_DOT == 0) {
        out.print('.');
        out.flush();
      }
      pause();
    }
    return ready.getAsBoolean();
  }

  static String seconds(long startNanos) {
    return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - startNanos) / 1e9);
  }

  private static void pause() {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LaunchFailure("Interrupted", e);
    }
  }

  /** Work that may fail in any way. */
  interface Work<T> {
    T run() throws Exception;
  }
}
