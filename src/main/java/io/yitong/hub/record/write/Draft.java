package io.yitong.hub.record.write;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.Identified;
import io.yitong.hub.fhir.json.ResourceJson;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A resource about to be written, all steps done: version and time are put into the text when they
 * are known.
 *
 * @param source meta.source where the sender gave none
 * @param digest what says whether anything changed. The source does not: the same content in
 *     another message is the same content
 * @param fresh whether nothing can be stored under its id yet
 * @param byStep whether a write step added it, on the hub's authority
 */
record Draft(
    ResourceKey key,
    Element root,
    Set<String> references,
    Identified text,
    String source,
    UUID digest,
    Optional<Integer> expected,
    boolean fresh,
    boolean byStep) {

  /**
   * @param put what wants it written; empty when a write step does
   */
  static Draft of(ResourceKey key, ResourceJson resource, Optional<Intent.Put> put, String source) {
    var text = resource.identified(key);
    return new Draft(
        key,
        resource.root(),
        resource.references(),
        text,
        source,
        text.digest(),
        put.flatMap(Intent.Put::expected),
        put.isPresent() && put.get().fresh(),
        put.isEmpty());
  }

  /** The JSON to be stored. */
  byte[] content(int version, Instant lastUpdated) {
    return text.with(version, lastUpdated, source);
  }
}
