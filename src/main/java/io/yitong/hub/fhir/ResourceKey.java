package io.yitong.hub.fhir;

import java.util.Optional;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/** Type and id of a resource of this hub. */
public record ResourceKey(ResourceType type, String id) implements Comparable<ResourceKey> {
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
    var id = new IdType(reference);
    if (!id.hasResourceType() || !id.hasIdPart() || id.hasBaseUrl()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ResourceKey(ResourceType.fromCode(id.getResourceType()), id.getIdPart()));
    } catch (org.hl7.fhir.exceptions.FHIRException e) {
      return Optional.empty();
    }
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
