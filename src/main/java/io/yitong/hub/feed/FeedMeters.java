package io.yitong.hub.feed;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Messages and acknowledgement times, by sender and outcome. */
@ApplicationScoped
class FeedMeters {
  private final MeterRegistry registry;
  private final Clock clock;

  FeedMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  Outcome count(Sender sender, Outcome outcome, Instant began) {
    var name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    registry
        .timer("yitong.feed.messages", "sender", sender.id().toString(), "outcome", name)
        .record(Duration.between(began, clock.instant()));
    return outcome;
  }
}
