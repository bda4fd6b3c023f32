package io.yitong.hub.fhir;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/** Type and id of a resource of this hub. */
public record ResourceKey(ResourceType type, String id) implements Comparable<ResourceKey> {
  /** FHIR R4, 2.24.0.1, id. */
  private static final int LONGEST_ID = 64;

  private static final String VERSION = "/_history/";

  private static final Map<String, ResourceType> TYPES =
      Arrays.stream(ResourceType.values())
          .collect(Collectors.toUnmodifiableMap(ResourceType::name, Function.identity()));

  public static ResourceKey of(Resource resource) {
    return new ResourceKey(resource.getResourceType(), resource.getIdElement().getIdPart());
  }

  /**
   * A relative literal reference ({@code Patient/1}); empty for absolute, logical and contained
   * ones.
   */
  public static Optional<ResourceKey> ofReference(String reference) {
    if (reference == null) {
      return Optional.empty();
    }
    var slash = reference.indexOf('/');
    var type = slash <= 0 ? null : TYPES.get(reference.substring(0, slash));
    if (type == null) {
      return Optional.empty();
    }
    var version = reference.indexOf(VERSION, slash + 1);
    var id = reference.substring(slash + 1, version < 0 ? reference.length() : version);
    return isId(id) ? Optional.of(new ResourceKey(type, id)) : Optional.empty();
  }

  /** Whether it has the form of an id (FHIR R4, 2.24.0.1). */
  public static boolean isId(String text) {
    if (text.isEmpty() || text.length() > LONGEST_ID) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z')
          && c != '-'
          && c != '.') {
        return false;
      }
    }
    return true;
  }

  public String reference() {
    return type.name() + "/" + id;
  }

  @Override
  public int compareTo(ResourceKey other) {
    var byType = type.name().compareTo(other.type.name());
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  @Override
  public String toString() {
    return reference();
  }
}
