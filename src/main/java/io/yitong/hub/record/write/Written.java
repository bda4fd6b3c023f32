package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.StoredResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one resource of a write.
 *
 * @param resource the version just made, where one was; a later reader of the change feed has to
 *     read it
 * @param removed what a deletion removed; several when it was conditional
 */
public record Written(
    ResourceKey key,
    Effect effect,
    int version,
    Instant lastUpdated,
    Optional<StoredResource> resource,
    List<Removed> removed) {
  /**
   * @param patient whose record it belonged to
   */
  public record Removed(ResourceKey key, Optional<String> patient) {}

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
    this(key, effect, version, lastUpdated, Optional.empty(), List.of());
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
        Optional.of(new StoredResource(key, version, lastUpdated, false, patient, json)),
        List.of());
  }

  Written removing(List<Removed> these) {
    return new Written(key, effect, version, lastUpdated, resource, these);
  }
}
