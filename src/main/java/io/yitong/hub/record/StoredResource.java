package io.yitong.hub.record;

import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.ResourceJson;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * One version as it is stored. The bytes carry id, meta.versionId and meta.lastUpdated and are sent
 * to callers as they are.
 *
 * @param patient id of the Patient whose record it belongs to
 * @param json UTF-8; not to be changed by the holder; an empty object when deleted
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record StoredResource(
    ResourceKey key,
    int version,
    Instant lastUpdated,
    boolean deleted,
    Optional<String> patient,
    byte[] json) {

  /** A contained resource has the key of what contains it, with its own id as a fragment. */
  public ResourceType type() {
    return key.id().indexOf('#') < 0 ? key.type() : ResourceJson.read(json).type();
  }

  public <T extends Resource> T as(Class<T> type) {
    return FhirJson.parse(json, type);
  }
}
