package io.yitong.hub.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The specification's own SearchParameter resources, as HAPI ships them ({@code
 * search-parameters.json} of the R4 definitions).
 */
public final class Definitions {
  private static final String FILE = "/org/hl7/fhir/r4/model/sp/search-parameters.json";
  private static final Definitions ALL = new Definitions();

  private final Map<String, Map<String, Definition>> byType = new TreeMap<>();
  private final Map<String, Definition> byUrl = new HashMap<>();

  private Definitions() {
    try (var file = Definitions.class.getResourceAsStream(FILE)) {
      for (var entry : new ObjectMapper().readTree(file).get("entry")) {
        add(entry.get("resource"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Optional<Definition> of(String type, String code) {
    return Optional.ofNullable(ALL.byType.getOrDefault(type, Map.of()).get(code))
        .or(() -> Optional.ofNullable(ALL.byType.get("DomainResource").get(code)))
        .or(() -> Optional.ofNullable(ALL.byType.get("Resource").get(code)));
  }

  /** Those of the type itself, without the ones of every resource. */
  public static List<Definition> of(String type) {
    return List.copyOf(ALL.byType.getOrDefault(type, Map.of()).values());
  }

  /** By canonical URL. */
  public static Definition at(String url) {
    return ALL.byUrl.get(url);
  }

  private void add(JsonNode json) {
    var components = new ArrayList<Definition.Component>();
    for (var component : json.path("component")) {
      components.add(
          new Definition.Component(
              component.get("expression").asText(), component.get("definition").asText()));
    }
    var definition =
        new Definition(
            json.get("code").asText(),
            json.get("type").asText(),
            json.path("expression").asText(),
            texts(json.path("target")),
            components);
    byUrl.put(json.get("url").asText(), definition);
    for (var base : json.get("base")) {
      byType
          .computeIfAbsent(base.asText(), type -> new TreeMap<>())
          .put(definition.code(), definition);
    }
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new HashSet<String>();
    array.forEach(each -> texts.add(each.asText()));
    return Set.copyOf(texts);
  }
}
