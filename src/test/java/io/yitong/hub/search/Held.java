package io.yitong.hub.search;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;

/** A resource of the world that is searched. */
public final class Held {
  private final Resource resource;
  private final Optional<String> owner;
  private final IdentityHashMap<Definition, List<Base>> values = new IdentityHashMap<>();

  /**
   * @param owner the institution whose data it is; empty for the hub's own
   */
  public Held(Resource resource, Optional<String> owner) {
    this.resource = resource;
    this.owner = owner;
  }

  public Resource resource() {
    return resource;
  }

  public Optional<String> owner() {
    return owner;
  }

  public String type() {
    return resource.fhirType();
  }

  public String id() {
    return resource.getIdElement().getIdPart();
  }

  /** {@code Type/id}. */
  public String reference() {
    return type() + "/" + id();
  }

  /** The values a search parameter takes from the resource. */
  public List<Base> values(Definition definition) {
    return values.computeIfAbsent(
        definition, each -> Paths.select(resource, resource, each.expression()));
  }

  @Override
  public String toString() {
    return reference();
  }
}
