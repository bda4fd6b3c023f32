package io.yitong.hub.search.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A page of an answer. */
record Found(
    List<String> matches, List<String> included, Optional<Long> total, Optional<String> next) {
  static Found of(JsonNode bundle) {
    var matches = new ArrayList<String>();
    var included = new ArrayList<String>();
    for (var entry : bundle.path("entry")) {
      var resource = entry.path("resource");
      var reference = reference(entry.path("fullUrl").asText(), resource);
      switch (entry.path("search").path("mode").asText()) {
        case "match" -> matches.add(reference);
        case "include" -> included.add(reference);
        default -> throw new IllegalStateException("an entry of no mode: " + entry);
      }
    }
    return new Found(
        matches,
        included,
        bundle.has("total") ? Optional.of(bundle.get("total").asLong()) : Optional.empty(),
        StreamSupport.stream(bundle.path("link").spliterator(), false)
            .filter(link -> link.path("relation").asText().equals("next"))
            .map(link -> link.path("url").asText())
            .findFirst());
  }

  /** A contained resource goes by its container's address. */
  private static String reference(String address, JsonNode resource) {
    var parts = address.split("/", -1);
    return address.indexOf('#') < 0
        ? resource.path("resourceType").asText() + "/" + resource.path("id").asText()
        : parts[parts.length - 2] + "/" + parts[parts.length - 1];
  }
}
