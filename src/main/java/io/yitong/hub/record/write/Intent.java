package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.StoredResource;
import java.util.Optional;
import java.util.UUID;

/** What one entry of a write wants done, ids settled. */
sealed interface Intent {
  ResourceKey key();

  /**
   * @param expected If-Match
   * @param fresh whether the hub has just made the id up: nothing can be stored under it
   */
  record Put(ResourceKey key, ResourceDraft resource, Optional<Integer> expected, boolean fresh)
      implements Intent {

    static Put of(ResourceKey key, ResourceDraft resource, Optional<Integer> expected) {
      resource.identify(key.id());
      return new Put(key, resource, expected, false);
    }

    /** A creation under an id of the hub's choice. */
    static Put fresh(ResourceDraft resource) {
      var id = UUID.randomUUID().toString();
      resource.identify(id);
      return new Put(new ResourceKey(resource.type(), id), resource, Optional.empty(), true);
    }
  }

  record Delete(ResourceKey key, Optional<Integer> expected) implements Intent {}

  /** A conditional create whose criterion was met already: nothing is to be done. */
  record Found(StoredResource resource) implements Intent {
    @Override
    public ResourceKey key() {
      return resource.key();
    }
  }

  /** A conditional create whose criterion another entry of the transaction has met. */
  record Again(Put first) implements Intent {
    @Override
    public ResourceKey key() {
      return first.key();
    }
  }

  /** Whether it writes to its key. */
  default boolean writes() {
    return this instanceof Put || this instanceof Delete;
  }
}
