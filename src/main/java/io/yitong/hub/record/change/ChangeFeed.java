package io.yitong.hub.record.change;

import io.quarkus.arc.All;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Drives every ChangeConsumer, each on a thread of its own, as long as the hub runs. */
@ApplicationScoped
class ChangeFeed {
  private static final Logger LOG = Logger.getLogger(ChangeFeed.class);

  /** After the database could not be reached. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<ChangeConsumer> consumers;
  private final DataSource database;
  private final boolean enabled;
  private final Duration poll;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  ChangeFeed(
      @All List<ChangeConsumer> consumers,
      DataSource database,
      @ConfigProperty(name = "yitong.change-feed.enabled") boolean enabled,
      @ConfigProperty(name = "yitong.change-feed.poll") Duration poll) {
    this.consumers = consumers;
    this.database = database;
    this.enabled = enabled;
    this.poll = poll;
  }

  void start(@Observes StartupEvent started) {
    if (!enabled) {
      return;
    }
    for (var consumer : consumers) {
      var thread = new Thread(() -> drive(consumer), "change-feed-" + consumer.name());
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    stopped.countDown();
    for (var thread : threads) {
      thread.join(Duration.ofSeconds(5).toMillis());
    }
  }

  private void drive(ChangeConsumer consumer) {
    var follow = new FollowChanges(consumer, database);
    try {
      while (stopped.getCount() > 0 && hubRuns()) {
        if (!step(follow, consumer)) {
          stopped.await(poll.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A start that failed ends without a ShutdownEvent. */
  private static boolean hubRuns() {
    return Arc.container() != null && Arc.container().isRunning();
  }

  private boolean step(FollowChanges follow, ChangeConsumer consumer) throws InterruptedException {
    try {
      return follow.step();
    } catch (RuntimeException e) {
      LOG.warnf("change-feed=paused consumer=%s cause=%s", consumer.name(), e);
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    }
  }
}
