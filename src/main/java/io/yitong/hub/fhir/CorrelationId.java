package io.yitong.hub.fhir;

import java.util.UUID;

/** One id from the arrival of a message or request to its audit row. */
public record CorrelationId(String value) {
  public CorrelationId {
    if (value.isEmpty() || value.length() > 64) {
      throw new IllegalArgumentException("a correlation id has 1 to 64 characters");
    }
  }

  public static CorrelationId random() {
    return new CorrelationId(UUID.randomUUID().toString());
  }

  @Override
  public String toString() {
    return value;
  }
}
