package io.yitong.hub.record.bulk;

import java.time.Instant;
import java.util.UUID;

/** A process's hold on a job, renewed by {@link RunJobs} while the work goes on. */
public final class Lease {
  private final UUID job;
  private final UUID worker;
  private final Jobs jobs;
  private volatile boolean lost;
  private volatile long done;
  private volatile long total = -1;

  Lease(Job job, UUID worker, Jobs jobs) {
    this.job = job.id();
    this.worker = worker;
    this.jobs = jobs;
    this.done = job.done();
    this.total = job.total().orElse(-1);
  }

  /**
   * To be called often: it costs next to nothing.
   *
   * @throws LeaseLost when the work must stop
   */
  public void check() {
    if (lost) {
      throw new LeaseLost();
    }
  }

  public void done(long resources) {
    done = resources;
  }

  public void total(long resources) {
    total = resources;
  }

  /** Keeps the place from which the work goes on after a restart. */
  public void place(String place) {
    if (!jobs.keepPlace(job, worker, place, done, total)) {
      lost = true;
      throw new LeaseLost();
    }
  }

  public void transactionTime(Instant time) {
    jobs.keepTransactionTime(job, worker, time);
  }

  void renew() {
    if (!jobs.renew(job, worker, done, total)) {
      lost = true;
    }
  }

  long done() {
    return done;
  }

  UUID worker() {
    return worker;
  }
}
