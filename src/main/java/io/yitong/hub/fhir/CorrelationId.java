package io.yitong.hub.fhir;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** One id from the arrival of a message or request to its audit row. */
public record CorrelationId(String value) {
  public CorrelationId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException("a correlation id has 1 to 64 characters");
    }
  }

  /** Unlike others, but no secret: it need not wait for the system's source of randomness. */
  public static CorrelationId random() {
    var random = ThreadLocalRandom.current();
    return new CorrelationId(new UUID(random.nextLong(), random.nextLong()).toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
