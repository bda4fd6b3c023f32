package io.yitong.hub.access.audit.chain;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** How many requests are being answered: from each of them a row may come. */
@ApplicationScoped
public class RequestsUnderWay {
  private final AtomicInteger count = new AtomicInteger();

  public void begun() {
    count.incrementAndGet();
  }

  public void ended() {
    count.decrementAndGet();
  }

  int count() {
    return count.get();
  }
}
