package io.yitong.hub.fhir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/**
 * The resources of one transaction, ids settled and references resolved. Steps change them or add
 * others.
 */
public final class WriteBatch {
  private final WriteContext context;
  private final List<Resource> resources;

  public WriteBatch(WriteContext context, List<? extends Resource> resources) {
    this.context = context;
    this.resources = new ArrayList<>(resources);
  }

  public WriteContext context() {
    return context;
  }

  public List<Resource> resources() {
    return Collections.unmodifiableList(resources);
  }

  public <T extends Resource> Stream<T> each(Class<T> type) {
    return resources.stream().filter(type::isInstance).map(type::cast);
  }

  /** Writes {@code resource} (its id set) in the same transaction. */
  public void add(Resource resource) {
    resources.add(resource);
  }
}
