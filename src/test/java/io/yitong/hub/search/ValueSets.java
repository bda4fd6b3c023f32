package io.yitong.hub.search;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;

/** The codes of value sets that list them one by one. */
final class ValueSets {
  private ValueSets() {}

  /**
   * @param set {@code ValueSet/id} or its canonical URL
   */
  static Set<Tokens.Code> codes(World world, String set) {
    var compose =
        world
            .ofType("ValueSet")
            .filter(
                held ->
                    held.reference().equals(set)
                        || set.equals(((ValueSet) held.resource()).getUrl()))
            .map(held -> ((ValueSet) held.resource()).getCompose())
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(set));
    var codes = all(compose.getInclude());
    codes.removeAll(all(compose.getExclude()));
    return codes;
  }

  private static Set<Tokens.Code> all(List<ConceptSetComponent> parts) {
    var codes = new HashSet<Tokens.Code>();
    for (var part : parts) {
      part.getConcept()
          .forEach(concept -> codes.add(new Tokens.Code(part.getSystem(), concept.getCode())));
    }
    return codes;
  }
}
