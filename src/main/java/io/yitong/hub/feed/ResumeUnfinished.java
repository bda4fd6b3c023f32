package io.yitong.hub.feed;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Messages whose bytes were committed by a process that ended before it could apply them. Their
 * sender was not answered and may or may not send them again; either way they take effect once.
 */
@ApplicationScoped
class ResumeUnfinished {
  private static final Logger LOG = Logger.getLogger(ResumeUnfinished.class);
  private static final int MOST = 200;

  private final Journal journal;
  private final ApplyMessage apply;
  private final Clock clock;
  private final Duration after;

  ResumeUnfinished(
      Journal journal,
      ApplyMessage apply,
      Clock clock,
      @ConfigProperty(name = "yitong.feeds.resume-after") Duration after) {
    this.journal = journal;
    this.apply = apply;
    this.clock = clock;
    this.after = after;
  }

  @Scheduled(every = "{yitong.feeds.resume-every}", concurrentExecution = ConcurrentExecution.SKIP)
  void resume() {
    try {
      for (var entry : journal.unfinishedSince(clock.instant().minus(after), MOST)) {
        apply.again(entry.id());
      }
    } catch (RuntimeException e) {
      LOG.warnf("unfinished messages stay as they are for now: %s", e.getMessage());
    }
  }
}
