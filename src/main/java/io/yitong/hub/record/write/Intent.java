package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.step.ResourceDraft;
import io.yitong.hub.record.StoredResource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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

  /**
   * A conditional delete.
   *
   * @param key of nothing: it tells the entry's result from others
   * @param each none when nothing meets the criterion
   */
  record DeleteAll(ResourceKey key, List<Delete> each) implements Intent {}

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

  /** What it removes. */
  default Stream<Delete> deletions() {
    if (this instanceof DeleteAll all) {
      return all.each().stream();
    }
    return this instanceof Delete delete ? Stream.of(delete) : Stream.empty();
  }

  /** The keys it writes to. */
  default Stream<ResourceKey> writes() {
    return this instanceof Put ? Stream.of(key()) : deletions().map(Delete::key);
  }
}
