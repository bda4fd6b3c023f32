package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.StoredResource;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of one resource of a write.
 *
 * @param resource the version just made, where one was; a later reader of the change feed has to
 *     read it
 */
public record Written(
    ResourceKey key,
    Effect effect,
    int version,
    Instant lastUpdated,
    Optional<StoredResource> resource) {
  public enum Effect {
    CREATED,
    UPDATED,
    DELETED,
    /** Equal to the current version; no new version was made. */
    UNCHANGED,
    /** The current version is of a later moment (WriteContext.asOf); it stays. */
    OUTDATED
  }

  public Written(ResourceKey key, Effect effect, int version, Instant lastUpdated) {
    this(key, effect, version, lastUpdated, Optional.empty());
  }

  /**
   * @param json as it was stored
   * @param patient whose record it belongs to
   */
  Written with(byte[] json, Optional<String> patient) {
    return new Written(
        key,
        effect,
        version,
        lastUpdated,
        Optional.of(new StoredResource(key, version, lastUpdated, false, patient, json)));
  }
}
