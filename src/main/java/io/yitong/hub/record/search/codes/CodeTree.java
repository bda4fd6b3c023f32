package io.yitong.hub.record.search.codes;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;

/**
 * What stands below what in a code system: concepts within concepts, and the properties {@code
 * parent} and {@code child} (FHIR R4, 4.8.12).
 */
public final class CodeTree {
  private final Map<String, Set<String>> children = new HashMap<>();
  private final Map<String, Set<String>> parents = new HashMap<>();
  private final Set<String> codes = new LinkedHashSet<>();

  private CodeTree() {}

  public static CodeTree of(CodeSystem system) {
    var tree = new CodeTree();
    system.getConcept().forEach(tree::add);
    return tree;
  }

  /** The code and everything below it. */
  public Set<String> below(String code) {
    return reached(code, children);
  }

  /** The code and everything above it. */
  public Set<String> above(String code) {
    return reached(code, parents);
  }

  Set<String> all() {
    return codes;
  }

  private void add(ConceptDefinitionComponent concept) {
    codes.add(concept.getCode());
    for (var child : concept.getConcept()) {
      place(concept.getCode(), child.getCode());
      add(child);
    }
    for (var property : concept.getProperty()) {
      if (property.hasValue() && property.getCode().equals("parent")) {
        place(property.getValue().primitiveValue(), concept.getCode());
      } else if (property.hasValue() && property.getCode().equals("child")) {
        place(concept.getCode(), property.getValue().primitiveValue());
      }
    }
  }

  private void place(String parent, String child) {
    children.computeIfAbsent(parent, p -> new LinkedHashSet<>()).add(child);
    parents.computeIfAbsent(child, c -> new LinkedHashSet<>()).add(parent);
  }

  private static Set<String> reached(String from, Map<String, Set<String>> steps) {
    var reached = new LinkedHashSet<String>();
    var waiting = new ArrayDeque<>(List.of(from));
    while (!waiting.isEmpty()) {
      var code = waiting.remove();
      if (reached.add(code)) {
        waiting.addAll(steps.getOrDefault(code, Set.of()));
      }
    }
    return reached;
  }
}
