package io.yitong.hub.record.write;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/**
 * A resource about to be written, encoded once: version and time are put into the text when they
 * are known.
 *
 * @param body JSON without versionId, lastUpdated and source
 * @param digest of the body: what says whether anything changed. The source does not: the same
 *     content in another message is the same content
 * @param byStep whether a write step added it, on the hub's authority
 */
record Draft(
    ResourceKey key,
    Resource resource,
    String body,
    String source,
    UUID digest,
    Optional<Integer> expected,
    boolean byStep) {

  private static final String META = "\"meta\":{";
  private static final String REFERENCE = "\"reference\":\"";

  static Draft of(
      ResourceKey key,
      Resource resource,
      Optional<Integer> expected,
      boolean byStep,
      WriteContext context) {
    var own = resource.hasMeta() ? resource.getMeta().getSource() : null;
    var source = own == null ? context.source() : own;
    if (resource.hasMeta()) {
      resource.getMeta().setVersionId(null).setLastUpdated(null).setSource(null);
    }
    // The model library writes a version that the id carries; the version is put in when it is
    // known.
    resource.setId(key.id());
    var body = new String(FhirJson.write(resource), StandardCharsets.UTF_8);
    if (!source.isEmpty()) {
      resource.getMeta().setSource(source);
    }
    var digest = UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
    return new Draft(key, resource, body, source, digest, expected, byStep);
  }

  /** The JSON to be stored. */
  String content(int version, Instant lastUpdated) {
    var meta =
        new StringBuilder("\"versionId\":\"").append(version).append("\",\"lastUpdated\":\"");
    meta.append(lastUpdated).append('"');
    if (!source.isEmpty()) {
      meta.append(",\"source\":\"").append(JsonStringEncoder.getInstance().quoteAsString(source));
      meta.append('"');
    }
    var head = head();
    var rest = body.substring(head.length());
    if (rest.startsWith("," + META)) {
      return head + "," + META + meta + "," + rest.substring(1 + META.length());
    }
    return head + "," + META + meta + "}" + rest;
  }

  /** How the model library begins every resource. */
  private String head() {
    var head = "{\"resourceType\":\"" + key.type() + "\",\"id\":\"" + key.id() + "\"";
    if (!body.startsWith(head)) {
      throw new IllegalStateException(key + " was encoded in an unknown manner");
    }
    return head;
  }

  /** Every literal reference, read off the text: much cheaper than walking the model. */
  Set<String> references() {
    var found = Stream.<String>builder();
    var at = body.indexOf(REFERENCE);
    while (at >= 0) {
      var start = at + REFERENCE.length();
      var end = body.indexOf('"', start);
      found.add(body.substring(start, end));
      at = body.indexOf(REFERENCE, end);
    }
    return found.build().collect(Collectors.toUnmodifiableSet());
  }
}
