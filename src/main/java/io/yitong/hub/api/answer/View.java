package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.json.ChildDefinition;
import io.yitong.hub.fhir.json.TypeDefinition;
import io.yitong.hub.record.StoredResource;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * How much of each resource is sent: {@code _summary} and {@code _elements} (FHIR R4, 3.1.1.5.8 and
 * 3.1.1.5.9). What is left out is marked by the tag SUBSETTED; what is mandatory or changes the
 * meaning of the rest is never left out.
 */
public sealed interface View {
  View WHOLE = new Whole();

  /** Everything, in the bytes that are stored. */
  record Whole() implements View {}

  /** The elements that the specification marks for it. */
  record Summary() implements View {}

  /** The narrative. */
  record Text() implements View {}

  /** All but the narrative. */
  record Data() implements View {}

  record Elements(Set<String> names) implements View {
    public Elements {
      names = Set.copyOf(names);
    }
  }

  /**
   * @throws HubException for a summary that is none, or one besides {@code _elements}
   */
  static View of(Query query) {
    var elements = query.all("_elements");
    var summary = query.one("_summary").orElse("false");
    if (!elements.isEmpty() && !summary.equals("false") && !summary.equals("count")) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "_elements", "_elements", "_summary");
    }
    return switch (summary) {
      case "true" -> new Summary();
      case "text" -> new Text();
      case "data" -> new Data();
      case "false", "count" -> elements.isEmpty() ? WHOLE : new Elements(new HashSet<>(elements));
      default ->
          throw new HubException(ErrorCode.PARAMETER_INVALID, "_summary", "_summary", summary);
    };
  }

  /** Of one resource, where a count says nothing. */
  static View ofOne(Query query, ResourceType type) {
    if (query.one("_summary").filter("count"::equals).isPresent()) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "_summary", "_summary", "count");
    }
    return of(query).checked(Set.of(type));
  }

  /** Refuses elements that none of the types has. */
  default View checked(Set<ResourceType> types) {
    if (this instanceof Elements elements) {
      for (var name : elements.names()) {
        if (types.stream().noneMatch(type -> has(type, name))) {
          throw new HubException(ErrorCode.PARAMETER_INVALID, "_elements", "_elements", name);
        }
      }
    }
    return this;
  }

  private static boolean has(ResourceType type, String name) {
    return TypeDefinition.ofResource(type.name()).orElseThrow().children().stream()
        .anyMatch(child -> child.name().equals(name) || child.jsonName().equals(name));
  }

  default byte[] of(StoredResource resource) {
    if (this instanceof Whole || resource.deleted()) {
      return resource.json();
    }
    return Subset.of(this, resource);
  }

  /** Whether an element of the resource itself is sent. */
  default boolean keeps(ChildDefinition place) {
    var name = place.name();
    if (name.equals("id") || name.equals("meta") || place.required() || place.modifier()) {
      return !(this instanceof Data && name.equals("text"));
    }
    if (this instanceof Summary) {
      return place.summary();
    }
    if (this instanceof Text) {
      return name.equals("text");
    }
    if (this instanceof Elements elements) {
      return elements.names().contains(name) || elements.names().contains(place.jsonName());
    }
    return !(this instanceof Data) || !name.equals("text");
  }
}
