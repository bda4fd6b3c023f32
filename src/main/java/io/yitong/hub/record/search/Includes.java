package io.yitong.hub.record.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.sql.Visibility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What {@code _include} and {@code _revinclude} bring beside the matches, one step away (FHIR R4,
 * 3.1.1.5.4), under the same filter as the matches.
 */
final class Includes {
  /** Most that one page brings back through one {@code _revinclude}. */
  private static final int MOST = 1000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Include> forward = new ArrayList<>();
  private final List<Include> reverse = new ArrayList<>();
  private final String hubBase;

  /**
   * @param target the only type to be brought, or to be referred to, when the third part names one
   */
  private record Include(SearchParameter parameter, Optional<ResourceType> target) {}

  private Includes(String hubBase) {
    this.hubBase = hubBase;
  }

  static Includes of(SearchQuery query, String hubBase) {
    var includes = new Includes(hubBase);
    for (var text : query.includes()) {
      var include = parse("_include", text);
      if (include.parameter().type() != query.type()) {
        throw invalid("_include", text);
      }
      includes.forward.add(include);
    }
    query.revIncludes().forEach(text -> includes.reverse.add(parse("_revinclude", text)));
    return includes;
  }

  private static Include parse(String name, String text) {
    var parts = text.split(":", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw invalid(name, text);
    }
    var source = type(parts[0]).orElseThrow(() -> invalid(name, text));
    var parameter =
        SearchParameters.of(source)
            .named(parts[1])
            .filter(found -> found.kind() == SearchParamType.REFERENCE)
            .orElseThrow(
                () ->
                    new HubException(
                        ErrorCode.SEARCH_PARAMETER_UNKNOWN, name, source.name(), parts[1]));
    if (parts.length == 2) {
      return new Include(parameter, Optional.empty());
    }
    return new Include(
        parameter, Optional.of(type(parts[2]).orElseThrow(() -> invalid(name, text))));
  }

  /** No resource twice, and none of the matches. */
  List<StoredResource> of(List<StoredResource> matches, ReadFilter filter, Connection connection) {
    if (matches.isEmpty() || (forward.isEmpty() && reverse.isEmpty())) {
      return List.of();
    }
    var found = new LinkedHashMap<ResourceKey, StoredResource>();
    if (!forward.isEmpty()) {
      add(found, ReadResource.current(referred(matches), filter, connection));
    }
    for (var include : reverse) {
      add(found, referring(include, matches, filter, connection));
    }
    matches.forEach(match -> found.remove(match.key()));
    return List.copyOf(found.values());
  }

  private static void add(Map<ResourceKey, StoredResource> found, List<StoredResource> resources) {
    resources.stream()
        .filter(resource -> !resource.deleted())
        .forEach(resource -> found.putIfAbsent(resource.key(), resource));
  }

  private TreeSet<ResourceKey> referred(List<StoredResource> matches) {
    var keys = new TreeSet<ResourceKey>();
    for (var match : matches) {
      var json = json(match);
      for (var include : forward) {
        include.parameter().path().names().stream()
            .flatMap(names -> walk(Stream.of(json), names))
            .flatMap(this::key)
            .filter(key -> include.target().map(key.type()::equals).orElse(true))
            .filter(key -> mayLeadTo(include.parameter(), key.type()))
            .forEach(keys::add);
      }
    }
    return keys;
  }

  private static boolean mayLeadTo(SearchParameter parameter, ResourceType type) {
    return parameter.targets().isEmpty() || parameter.targets().contains(type);
  }

  private Stream<ResourceKey> key(JsonNode node) {
    var text = node.isTextual() ? node.textValue() : node.path("reference").asText("");
    var relative = text.startsWith(hubBase) ? text.substring(hubBase.length()) : text;
    return ResourceKey.ofReference(relative).stream();
  }

  private static Stream<JsonNode> walk(Stream<JsonNode> from, List<String> names) {
    var nodes = from;
    for (var name : names) {
      nodes = nodes.flatMap(node -> children(node, name));
    }
    return nodes;
  }

  /** The elements of a name; of a choice ({@code medication[x]}) under its typed name. */
  private static Stream<JsonNode> children(JsonNode node, String name) {
    var child = node.get(name);
    if (child == null) {
      child = node.get(name + "Reference");
    }
    if (child == null) {
      return Stream.empty();
    }
    return child.isArray()
        ? Stream.iterate(0, i -> i + 1).limit(child.size()).map(child::get)
        : Stream.of(child);
  }

  private static List<StoredResource> referring(
      Include include, List<StoredResource> matches, ReadFilter filter, Connection connection) {
    var source = include.parameter().type();
    if (!filter.types().contains(source)) {
      return List.of();
    }
    var keys =
        matches.stream()
            .map(StoredResource::key)
            .filter(key -> include.target().map(key.type()::equals).orElse(true))
            .mapToLong(key -> include.parameter().hash() ^ Keys.self(key.type(), key.id()))
            .toArray();
    return Sql.of(
            ReadResource.COLUMNS + "from resource r where r.type = ? and r.keys && ? and ",
            TypeCodes.of(source),
            keys)
        .add(Visibility.of(filter, "r"))
        .add(" and not r.deleted order by r.rid limit ?", MOST)
        .query(connection, ReadResource::row);
  }

  private static JsonNode json(StoredResource resource) {
    try {
      return JSON.readTree(resource.json());
    } catch (IOException e) {
      throw new UncheckedIOException(resource.key() + " is stored as broken JSON", e);
    }
  }

  private static Optional<ResourceType> type(String name) {
    return Stream.of(ResourceType.values()).filter(type -> type.name().equals(name)).findFirst();
  }

  private static HubException invalid(String name, String text) {
    return new HubException(
        ErrorCode.SEARCH_VALUE_INVALID, name, name, text, "Type:parameter[:Type]");
  }
}
