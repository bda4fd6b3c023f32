package io.yitong.hub.search;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/** A resource of the world that is searched. */
public final class Held {
  private final Resource resource;
  private final Optional<String> owner;
  private final Optional<Held> container;
  private final IdentityHashMap<Definition, List<Base>> values = new IdentityHashMap<>();

  /**
   * @param owner the institution whose data it is; empty for the hub's own
   */
  public Held(Resource resource, Optional<String> owner) {
    this(resource, owner, Optional.empty());
  }

  private Held(Resource resource, Optional<String> owner, Optional<Held> container) {
    this.resource = resource;
    this.owner = owner;
    this.container = container;
  }

  /** The resources that stand in this one. */
  public Stream<Held> contained() {
    return resource instanceof DomainResource containing
        ? containing.getContained().stream().map(inner -> new Held(inner, owner, Optional.of(this)))
        : Stream.empty();
  }

  /** What it stands in. */
  public Optional<Held> container() {
    return container;
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
    return resource.getIdElement().getIdPart().replace("#", "");
  }

  /** {@code Type/id}; that of its container with its own id as a fragment, when it has one. */
  public String reference() {
    return container
        .map(outer -> outer.reference() + "#" + id())
        .orElseGet(() -> type() + "/" + id());
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
