package io.yitong.hub.fhir.json;

import io.yitong.hub.fhir.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The bytes of a resource parted where its meta stands, so that version and time can be put in when
 * they are known. Everything but id, meta and replaced references is as it was sent.
 *
 * @param head up to meta's opening brace
 * @param meta what the sender's meta says beside versionId, lastUpdated and source; JSON members
 * @param tail from meta's closing brace
 * @param sender the sender's meta.source
 */
@SuppressWarnings("ArrayRecordComponent") // written out, never compared
public record Identified(byte[] head, byte[] meta, byte[] tail, Optional<String> sender) {
  private static final Set<String> THE_HUBS = Set.of("versionId", "lastUpdated", "source");

  static Identified of(ResourceJson resource, ResourceKey key) {
    var root = resource.root();
    var splice = new Splice(resource.source(), root.start(), root.end());
    resource.replacements(splice);
    var id = root.child("id");
    var afterId = id.map(Element::end).orElse(root.typeEnd());
    id.ifPresentOrElse(
        there -> splice.replace(there.start(), there.end(), Splice.quoted(key.id())),
        () -> splice.insert(afterId, ",\"id\":" + Splice.quoted(key.id())));
    var meta = root.child("meta");
    if (meta.isEmpty()) {
      splice.insert(afterId, ",\"meta\":{");
      var whole = splice.writeUpTo(afterId);
      return new Identified(
          whole, new byte[0], prefixed('}', splice.writeFrom(afterId)), Optional.empty());
    }
    var there = meta.get();
    return new Identified(
        splice.writeUpTo(there.start() + 1),
        othersOf(Arrays.copyOfRange(resource.source(), there.start(), there.end())),
        splice.writeFrom(there.end() - 1),
        there.value("source"));
  }

  /** The members of a meta that are the sender's to set, as they were sent. */
  private static byte[] othersOf(byte[] meta) {
    var out = new ByteArrayOutputStream(meta.length);
    for (var member : ReadJson.read(meta).members()) {
      if (!THE_HUBS.contains(member.name())) {
        if (out.size() > 0) {
          out.write(',');
        }
        out.write(meta, member.start(), member.value().end() - member.start());
      }
    }
    return out.toByteArray();
  }

  private static byte[] prefixed(char first, byte[] rest) {
    var all = new byte[rest.length + 1];
    all[0] = (byte) first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  /** Equal when nothing but version, time and source differs. */
  public UUID digest() {
    var all = new ByteArrayOutputStream(head.length + meta.length + tail.length);
    all.writeBytes(head);
    all.writeBytes(meta);
    all.writeBytes(tail);
    return UUID.nameUUIDFromBytes(all.toByteArray());
  }

  /**
   * The JSON to be stored.
   *
   * @param source used when the sender gave none; empty for none
   */
  public byte[] with(int version, Instant lastUpdated, String source) {
    var hubs =
        new StringBuilder("\"versionId\":\"")
            .append(version)
            .append("\",\"lastUpdated\":\"")
            .append(lastUpdated)
            .append('"');
    var origin = sender.orElse(source);
    if (!origin.isEmpty()) {
      hubs.append(",\"source\":").append(Splice.quoted(origin));
    }
    if (meta.length > 0) {
      hubs.append(',');
    }
    var text = hubs.toString().getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(head.length + text.length + meta.length + tail.length);
    out.writeBytes(head);
    out.writeBytes(text);
    out.writeBytes(meta);
    out.writeBytes(tail);
    return out.toByteArray();
  }
}
