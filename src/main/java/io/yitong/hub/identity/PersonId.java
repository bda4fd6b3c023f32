package io.yitong.hub.identity;

import java.util.UUID;

/** One human being, as far as the hub can tell; the id of the golden FHIR Person. */
public record PersonId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
