package io.yitong.hub.record.search.include;

import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.criteria.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What one include follows: {@code Type:parameter[:Type]}, {@code Type:*} or {@code *}.
 *
 * @param source empty for every type
 * @param parameter empty for every reference of the source
 * @param target the only type to be brought, or to be referred to
 */
public record Included(
    Optional<ResourceType> source, Optional<String> parameter, Optional<ResourceType> target) {
  public static Included parse(String name, String text) {
    if (text.equals("*")) {
      return new Included(Optional.empty(), Optional.empty(), Optional.empty());
    }
    var parts = List.of(text.split(":", -1));
    if (parts.size() < 2 || parts.size() > 3) {
      throw invalid(name, text);
    }
    var source = Types.named(parts.get(0)).orElseThrow(() -> invalid(name, text));
    if (!parts.get(1).equals("*") && references(source, parts.get(1)).isEmpty()) {
      throw Refusal.unknown(name, source, parts.get(1));
    }
    return new Included(
        Optional.of(source),
        Optional.of(parts.get(1)).filter(parameter -> !parameter.equals("*")),
        parts.size() == 2
            ? Optional.empty()
            : Optional.of(Types.named(parts.get(2)).orElseThrow(() -> invalid(name, text))));
  }

  /** The references of a type that are followed. */
  List<SearchParameter> references(ResourceType type) {
    if (source.isPresent() && source.get() != type) {
      return List.of();
    }
    return parameter
        .map(name -> references(type, name))
        .orElseGet(
            () ->
                SearchParameters.of(type).byName().values().stream()
                    .filter(Included::isReference)
                    .toList());
  }

  List<ResourceType> sources() {
    return source.map(List::of).orElseGet(() -> List.of(ResourceType.values()));
  }

  private static List<SearchParameter> references(ResourceType type, String name) {
    return Stream.of(name)
        .flatMap(asked -> SearchParameters.of(type).named(asked).stream())
        .filter(Included::isReference)
        .toList();
  }

  private static boolean isReference(SearchParameter parameter) {
    return parameter.kind() == SearchParamType.REFERENCE;
  }

  private static RuntimeException invalid(String name, String text) {
    return Refusal.value(name, text, "Type:parameter[:Type]");
  }
}
