package io.yitong.hub.access.token;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What the issuer last said of one token. A yes is good for {@link #LIMIT}, counted from the moment
 * of the question, so that no request is let in by an answer that is older.
 */
final class Confirmation {
  /** A token is refused within this time of its revocation. */
  static final Duration LIMIT = Duration.ofSeconds(30);

  /** An issuer that could not be asked is left alone for this time. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Clock clock;
  private final long checkAfter;
  private final AtomicReference<CompletableFuture<Boolean>> question = new AtomicReference<>();
  private volatile long confirmed = NEVER;
  private volatile long failed = NEVER;

  /** How far the last answer carries. */
  enum Standing {
    GOOD,
    /** Good still; to be asked again before it is not. */
    AGEING,
    /** Nothing is known that could let anybody in. */
    UNKNOWN
  }

  /**
   * @param checkAfter less than {@link #LIMIT}
   */
  Confirmation(Clock clock, Duration checkAfter) {
    this.clock = clock;
    this.checkAfter = checkAfter.toMillis();
  }

  Standing standing() {
    var age = clock.millis() - confirmed;
    if (age < 0 || age >= LIMIT.toMillis()) {
      return Standing.UNKNOWN; // also after the clock was set back
    }
    return age < checkAfter ? Standing.GOOD : Standing.AGEING;
  }

  /**
   * One question at a time: who asks meanwhile gets the same answer.
   *
   * @param issuer whether the token is active; an exception when it could not be asked
   */
  CompletableFuture<Boolean> ask(Supplier<CompletionStage<Boolean>> issuer) {
    var fresh = new CompletableFuture<Boolean>();
    var running = question.compareAndExchange(null, fresh);
    if (running != null) {
      return running;
    }
    var asked = clock.millis();
    if (asked >= failed && asked - failed < PAUSE.toMillis()) {
      question.set(null);
      fresh.completeExceptionally(new IllegalStateException("not reached a moment ago"));
      return fresh;
    }
    put(issuer)
        .whenComplete(
            (active, failure) -> {
              if (failure != null) {
                failed = clock.millis();
              } else if (active) {
                confirmed = asked;
              } else {
                confirmed = NEVER;
              }
              question.set(null);
              if (failure == null) {
                fresh.complete(active);
              } else {
                fresh.completeExceptionally(failure);
              }
            });
    return fresh;
  }

  private static CompletionStage<Boolean> put(Supplier<CompletionStage<Boolean>> issuer) {
    try {
      return issuer.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
