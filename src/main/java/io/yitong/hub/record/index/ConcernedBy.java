package io.yitong.hub.record.index;

import io.yitong.hub.fhir.json.Element;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hl7.fhir.r4.model.ResourceType;

/** Tells which resources have anything for parameters defined at run time. */
public final class ConcernedBy implements Predicate<Element> {
  private final Map<ResourceType, List<ElementPath>> paths = new EnumMap<>(ResourceType.class);

  public ConcernedBy(Collection<Definition> definitions) {
    for (var definition : definitions) {
      for (var type : definition.base()) {
        PathCompiler.compile(definition.expression(), type)
            .ifPresent(path -> paths.computeIfAbsent(type, t -> new ArrayList<>()).add(path));
      }
    }
  }

  @Override
  public boolean test(Element resource) {
    return paths.getOrDefault(ResourceType.fromCode(resource.type()), List.of()).stream()
        .anyMatch(path -> !path.of(resource).isEmpty());
  }
}
