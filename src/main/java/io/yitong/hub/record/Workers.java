package io.yitong.hub.record;

import io.quarkus.arc.Arc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Threads that do the same over and over as long as the hub runs: at once again when there was
 * something to do, else after a while.
 */
public final class Workers {
  private static final Logger LOG = Logger.getLogger(Workers.class);

  /** After the database could not be reached. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration UNTIL_ENDED = Duration.ofSeconds(5);

  private final Duration poll;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final List<Thread> threads = new ArrayList<>();

  /** What a thread does. */
  public interface Step {
    /**
     * @return whether it is worth going on at once
     */
    boolean take();
  }

  /**
   * @param poll how long to wait when there was nothing to do
   */
  public Workers(Duration poll) {
    this.poll = poll;
  }

  public void start(String name, Step step) {
    var thread = new Thread(() -> drive(name, step), name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  public boolean stopping() {
    return stopped.getCount() == 0;
  }

  /** Waits until what is under way has ended, for a while. */
  public void stop() throws InterruptedException {
    stopped.countDown();
    for (var thread : threads) {
      thread.join(UNTIL_ENDED.toMillis());
    }
  }

  /** The same, for work that is begun again where it was interrupted. */
  public void interrupt() throws InterruptedException {
    stopped.countDown();
    threads.forEach(Thread::interrupt);
    stop();
  }

  private void drive(String name, Step step) {
    try {
      while (!stopping() && hubRuns()) {
        if (!taken(name, step)) {
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

  private boolean taken(String name, Step step) throws InterruptedException {
    try {
      return step.take();
    } catch (RuntimeException e) {
      LOG.warnf("background=paused thread=%s cause=%s", name, e);
      stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      return false;
    }
  }
}
