package io.yitong.hub.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;

/** {@code :above} and {@code :below} of codes, in code systems of concepts within concepts. */
final class CodeTrees {
  private CodeTrees() {}

  /** The code itself, and those above or below it. */
  static Set<Tokens.Code> codes(World world, String raw, boolean below) {
    var parts = Syntax.split(raw, '|').stream().map(Syntax::plain).toList();
    var system =
        world
            .ofType("CodeSystem")
            .map(held -> (CodeSystem) held.resource())
            .filter(each -> each.getUrl().equals(parts.get(0)))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(raw));
    var codes = new HashSet<Tokens.Code>();
    codes.add(new Tokens.Code(parts.get(0), parts.get(1)));
    walk(system.getConcept(), List.of(), parts.get(1), below, codes, parts.get(0));
    return codes;
  }

  private static void walk(
      List<ConceptDefinitionComponent> concepts,
      List<String> path,
      String asked,
      boolean below,
      Set<Tokens.Code> codes,
      String system) {
    for (var concept : concepts) {
      if (below && path.contains(asked)) {
        codes.add(new Tokens.Code(system, concept.getCode()));
      } else if (!below && concept.getCode().equals(asked)) {
        path.forEach(above -> codes.add(new Tokens.Code(system, above)));
      }
      var deeper = new java.util.ArrayList<>(path);
      deeper.add(concept.getCode());
      walk(concept.getConcept(), deeper, asked, below, codes, system);
    }
  }
}
