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
      var reference = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
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
}
