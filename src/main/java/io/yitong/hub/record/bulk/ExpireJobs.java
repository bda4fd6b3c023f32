package io.yitong.hub.record.bulk;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Removes the files and then the rows of jobs that were cancelled or have had their time. */
@ApplicationScoped
class ExpireJobs {
  private static final Logger LOG = Logger.getLogger(ExpireJobs.class);

  private final Jobs jobs;
  private final BulkFolder folder;

  ExpireJobs(Jobs jobs, BulkFolder folder) {
    this.jobs = jobs;
    this.folder = folder;
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
  }
}
