package io.yitong.hub.record.bulk;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Removes the files and then the rows of jobs that were cancelled or have had their time. */
@ApplicationScoped
class ExpireJobs {
  private static final Logger LOG = Logger.getLogger(ExpireJobs.class);

  private final Jobs jobs;
  private final BulkFolder folder;
  private final Clock clock;
  private final Duration keep;

  ExpireJobs(
      Jobs jobs,
      BulkFolder folder,
      Clock clock,
      @ConfigProperty(name = "yitong.bulk.keep") Duration keep) {
    this.jobs = jobs;
    this.folder = folder;
    this.clock = clock;
    this.keep = keep;
  }

  @Scheduled(every = "{yitong.bulk.expire-every}", concurrentExecution = ConcurrentExecution.SKIP)
  void expire() {
    for (var job : jobs.expired()) {
      try {
        folder.remove(job);
        jobs.forget(job);
      } catch (RuntimeException e) {
        LOG.warnf("bulk=not-removed job=%s cause=%s", job, e);
      }
    }
    removeWhatNeverBecameAJob();
  }

  /** An upload that was under way when its process was killed. */
  private void removeWhatNeverBecameAJob() {
    jobs.unknown(folder.madeBefore(clock.instant().minus(keep))).forEach(folder::remove);
  }
}
