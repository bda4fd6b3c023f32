package io.yitong.hub.record.change;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.record.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Drives every ChangeConsumer, each on a thread of its own, as long as the hub runs. */
@ApplicationScoped
class ChangeFeed {
  private final List<ChangeConsumer> consumers;
  private final DataSource database;
  private final boolean enabled;
  private final Workers workers;

  ChangeFeed(
      @All List<ChangeConsumer> consumers,
      DataSource database,
      @ConfigProperty(name = "yitong.change-feed.enabled") boolean enabled,
      @ConfigProperty(name = "yitong.change-feed.poll") Duration poll) {
    this.consumers = consumers;
    this.database = database;
    this.enabled = enabled;
    this.workers = new Workers(poll);
  }

  void start(@Observes StartupEvent started) {
    if (enabled) {
      for (var consumer : consumers) {
        workers.start(
            "change-feed-" + consumer.name(), new FollowChanges(consumer, database)::step);
      }
    }
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    workers.stop();
  }
}
