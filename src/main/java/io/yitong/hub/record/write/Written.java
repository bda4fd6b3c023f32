package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import java.time.Instant;

/** What became of one resource of a write. */
public record Written(ResourceKey key, Effect effect, int version, Instant lastUpdated) {
  public enum Effect {
    CREATED,
    UPDATED,
    DELETED,
    /** Equal to the current version; no new version was made. */
    UNCHANGED,
    /** The current version is of a later moment (WriteContext.asOf); it stays. */
    OUTDATED
  }
}
