package io.yitong.hub.record.index;

import io.yitong.hub.fhir.ResourceKey;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A literal reference taken apart (FHIR R4, 2.3.0.1).
 *
 * @param base of an absolute one, with its last slash; empty for a relative one
 * @param type empty for what is no address of a resource, such as {@code urn:uuid:…} or {@code #1}
 * @param versionless without {@code /_history/…}
 */
public record Literal(String base, Optional<String> type, Optional<String> id, String versionless) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(https?://.+/)?([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(?:/_history/[A-Za-z0-9.-]{1,64})?");

  public static Literal of(String reference) {
    var relative = ResourceKey.ofReference(reference);
    if (relative.isPresent()) {
      var key = relative.get();
      return new Literal(
          "", Optional.of(key.type().name()), Optional.of(key.id()), key.reference());
    }
    var match = ADDRESS.matcher(reference);
    if (!match.matches()) {
      return new Literal("", Optional.empty(), Optional.empty(), reference);
    }
    var base = match.group(1) == null ? "" : match.group(1);
    return new Literal(
        base,
        Optional.of(match.group(2)),
        Optional.of(match.group(3)),
        base + match.group(2) + "/" + match.group(3));
  }

  boolean isRelative() {
    return base.isEmpty() && type.isPresent();
  }
}
