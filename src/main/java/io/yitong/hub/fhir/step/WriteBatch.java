package io.yitong.hub.fhir.step;

import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.fhir.json.Element;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The resources of one transaction, ids settled and references resolved. Steps change them or add
 * others. A step that changes a resource has to say so: what nobody changed is stored as it was
 * sent.
 */
public final class WriteBatch {
  private final WriteContext context;
  private final List<ResourceDraft> drafts;

  public WriteBatch(WriteContext context, Collection<ResourceDraft> drafts) {
    this.context = context;
    this.drafts = new ArrayList<>(drafts);
  }

  public static WriteBatch of(WriteContext context, List<? extends Resource> resources) {
    return new WriteBatch(context, resources.stream().map(ResourceDraft::of).toList());
  }

  public WriteContext context() {
    return context;
  }

  public List<ResourceDraft> drafts() {
    return Collections.unmodifiableList(drafts);
  }

  /** Those of one type, as they were sent or as a model. */
  public List<ResourceDraft> drafts(ResourceType type) {
    return drafts.stream().filter(draft -> draft.type() == type).toList();
  }

  /** Those of one type, to be read. */
  public <T extends Resource> Stream<T> each(Class<T> type) {
    return ofType(type).map(draft -> type.cast(draft.model()));
  }

  /**
   * Changes those of one type.
   *
   * @param worthwhile looks at a resource that is not in the model yet, and says whether making the
   *     model may be worth while
   * @param change returns whether it changed the resource
   */
  public <T extends Resource> void edit(
      Class<T> type, Predicate<Element> worthwhile, Predicate<T> change) {
    ofType(type)
        .filter(draft -> draft.hasModel() || worthwhile.test(draft.text().root()))
        .forEach(
            draft -> {
              if (change.test(type.cast(draft.model()))) {
                draft.changed();
              }
            });
  }

  /** Says that a step has changed a resource it got by {@link #each}. */
  public void changed(Resource resource) {
    drafts.stream()
        .filter(draft -> draft.hasModel() && draft.model() == resource)
        .forEach(ResourceDraft::changed);
  }

  /** Writes {@code resource} (its id set) in the same transaction. */
  public void add(Resource resource) {
    drafts.add(ResourceDraft.of(resource));
  }

  private <T extends Resource> Stream<ResourceDraft> ofType(Class<T> type) {
    var name = type.getSimpleName();
    return drafts.stream().filter(draft -> draft.type().name().equals(name));
  }
}
