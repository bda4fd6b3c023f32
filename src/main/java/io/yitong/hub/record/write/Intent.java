package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.StoredResource;
import java.util.Optional;

/** What one entry of a write wants done, ids settled. */
sealed interface Intent {
  ResourceKey key();

  /**
   * @param expected If-Match
   */
  record Put(ResourceKey key, ResourceDraft resource, Optional<Integer> expected)
      implements Intent {}

  record Delete(ResourceKey key, Optional<Integer> expected) implements Intent {}

  /** A conditional create whose criterion was met already: nothing is to be done. */
  record Found(StoredResource resource) implements Intent {
    @Override
    public ResourceKey key() {
      return resource.key();
    }
  }
}
