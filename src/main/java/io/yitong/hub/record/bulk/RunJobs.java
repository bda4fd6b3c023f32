package io.yitong.hub.record.bulk;

import io.quarkus.arc.All;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.Workers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Works on jobs as long as the hub runs: a thread for each kind, so that a long one of one kind
 * holds up none of another, and memory is bounded.
 */
@ApplicationScoped
class RunJobs {
  private static final Logger LOG = Logger.getLogger(RunJobs.class);
  private static final int TRIES = 5;
  private static final Duration RENEW = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<JobWork> works;
  private final Jobs jobs;
  private final AuditTrail audit;
  private final boolean enabled;
  private final Workers workers;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            var thread = new Thread(work, "bulk-lease");
            thread.setDaemon(true);
            return thread;
          });

  RunJobs(
      @All List<JobWork> works,
      Jobs jobs,
      AuditTrail audit,
      @ConfigProperty(name = "yitong.bulk.enabled") boolean enabled,
      @ConfigProperty(name = "yitong.bulk.poll") Duration poll) {
    this.works = works;
    this.jobs = jobs;
    this.audit = audit;
    this.enabled = enabled;
    this.workers = new Workers(poll);
  }

  void start(@Observes StartupEvent started) {
    if (enabled) {
      works.forEach(work -> workers.start("bulk-" + work.kind(), () -> step(work)));
    }
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    workers.interrupt();
    renewal.shutdownNow();
  }

  private boolean step(JobWork work) {
    var worker = UUID.randomUUID();
    var job = jobs.claim(work.kind(), worker);
    job.ifPresent(claimed -> run(work, claimed, new Lease(claimed, worker, jobs)));
    return job.isPresent();
  }

  private void run(JobWork work, Job job, Lease lease) {
    var renewing =
        renewal.scheduleWithFixedDelay(
            () -> renew(lease), RENEW.toMillis(), RENEW.toMillis(), TimeUnit.MILLISECONDS);
    try {
      var files = work.run(job, lease);
      QuarkusTransaction.requiringNew().run(() -> complete(job, lease, files));
    } catch (LeaseLost e) {
      LOG.infof("bulk=stopped kind=%s job=%s", job.kind(), job.id());
    } catch (HubException e) {
      fail(job, lease, e);
    } catch (RuntimeException e) {
      tryAgain(job, lease, e);
    } finally {
      renewing.cancel(false);
    }
  }

  private void renew(Lease lease) {
    try {
      lease.renew();
    } catch (RuntimeException e) {
      LOG.warnf("bulk=lease-not-renewed cause=%s", e);
    }
  }

  private void complete(Job job, Lease lease, List<JobFile> files) {
    if (!jobs.complete(job.id(), lease.worker(), lease.done(), files)) {
      throw new LeaseLost();
    }
    record(job, Optional.empty());
  }

  private void fail(Job job, Lease lease, HubException why) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              if (jobs.fail(job.id(), lease.worker(), why)) {
                record(job, Optional.of(why.code()));
              }
            });
    LOG.warnf("bulk=failed kind=%s job=%s error=%s", job.kind(), job.id(), why.code().code());
  }

  /** The database was away, or the hub is going down: the next try may well succeed. */
  private void tryAgain(Job job, Lease lease, RuntimeException why) {
    var stopping = workers.stopping();
    Thread.interrupted(); // as stop() left it: the job is still to be given back
    if (job.attempts() >= TRIES && !stopping) {
      LOG.errorf(why, "bulk=given-up kind=%s job=%s", job.kind(), job.id());
      fail(
          job, lease, new HubException(ErrorCode.INTERNAL, "", job.caller().correlation().value()));
      return;
    }
    if (!stopping) {
      LOG.warnf(
          why, "bulk=broke-off kind=%s job=%s attempt=%d", job.kind(), job.id(), job.attempts());
    }
    jobs.release(job.id(), lease.worker(), stopping ? Duration.ZERO : PAUSE);
  }

  private void record(Job job, Optional<ErrorCode> refusal) {
    audit.record(
        new Access(
            job.caller(),
            'E',
            "$" + job.kind() + "-end",
            job.id().toString(),
            "",
            Optional.empty(),
            refusal));
  }
}
