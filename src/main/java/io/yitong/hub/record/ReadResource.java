package io.yitong.hub.record;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads single resources and their history. */
@ApplicationScoped
public class ReadResource {
  /** The current version, deleted or not; empty when there is none or the filter hides it. */
  public Optional<StoredResource> current(ResourceKey key, ReadFilter filter) {
    throw new UnsupportedOperationException();
  }

  /** Many at once, one statement. Absent and hidden ones are missing from the map. */
  public Map<ResourceKey, StoredResource> current(Collection<ResourceKey> keys, ReadFilter filter) {
    throw new UnsupportedOperationException();
  }

  public Optional<StoredResource> version(ResourceKey key, int version, ReadFilter filter) {
    throw new UnsupportedOperationException();
  }

  /** Newest first. */
  public List<StoredResource> history(ResourceKey key, int limit, ReadFilter filter) {
    throw new UnsupportedOperationException();
  }
}
