package io.yitong.hub.exchange;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.yitong.hub.exchange.PrefetchQueue.Due;
import io.yitong.hub.fhir.ErrorCode;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/**
 * Asks partners about the persons admitted, until each has answered or the attempts are used up.
 */
@ApplicationScoped
class Prefetch {
  private static final Logger LOG = Logger.getLogger(Prefetch.class);
  private static final int AT_ONCE = 8;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private final PrefetchQueue queue;
  private final PartnerResults results;
  private final ExchangeSettings.Prefetch settings;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(AT_ONCE, work -> new Thread(work, "prefetch"));

  Prefetch(PrefetchQueue queue, PartnerResults results, ExchangeSettings settings) {
    this.queue = queue;
    this.results = results;
    this.settings = settings.prefetch();
  }

  @PreDestroy
  void stop() {
    workers.shutdownNow();
  }

  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  void work() {
    var taken = queue.take(AT_ONCE, settings.deadline().multipliedBy(3));
    CompletableFuture.allOf(
            taken.stream()
                .map(due -> CompletableFuture.runAsync(() -> fetch(due), workers))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  private void fetch(Due due) {
    var answers = results.fetch(due.person(), settings.deadline(), due.correlation());
    if (answers.stream().allMatch(Prefetch::settled)) {
      queue.done(due.person());
    } else if (due.attempts() >= settings.attempts()) {
      LOG.warnf("prefetch=given-up correlation=%s attempts=%d", due.correlation(), due.attempts());
      queue.done(due.person());
    } else {
      queue.again(due.person(), FIRST_PAUSE.multipliedBy(1L << (due.attempts() - 1)));
    }
  }

  /** A refusal is an answer; asking again would not change it. */
  private static boolean settled(PartnerAnswer answer) {
    if (answer instanceof PartnerAnswer.Refused refused) {
      return refused.code() == ErrorCode.PARTNER_REFUSED;
    }
    return !(answer instanceof PartnerAnswer.Late);
  }
}
