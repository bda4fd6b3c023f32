package io.yitong.hub.record.search.codes;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.plan.CodeSets.Code;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetFilterComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;

/**
 * The codes of a value set (FHIR R4, 4.9.8): its expansion where it carries one, else what its
 * definition adds up to. A whole code system that is not stored here stays a whole one; a filter on
 * it, or an exclusion from it, is refused.
 */
public final class ExpandValueSet {
  /** More would make a statement that nobody waits for. */
  private static final int MOST = 10_000;

  private final Publications publications;
  private final String criterion;
  private final Deque<String> expanding = new ArrayDeque<>();

  /**
   * @param criterion for refusals
   */
  public ExpandValueSet(Publications publications, String criterion) {
    this.publications = publications;
    this.criterion = criterion;
  }

  /**
   * @throws HubException when it, or something it is made of, is not known here
   */
  public List<Code> codes(String canonical) {
    return List.copyOf(expand(canonical));
  }

  private Set<Code> expand(String canonical) {
    if (expanding.contains(canonical)) {
      throw Refusal.value(criterion, canonical, "ValueSet.compose.include.valueSet");
    }
    expanding.push(canonical);
    var valueSet = publications.valueSet(canonical).orElseThrow(() -> unknown(canonical));
    var codes = new LinkedHashSet<Code>();
    if (valueSet.hasExpansion()) {
      valueSet.getExpansion().getContains().forEach(entry -> take(entry, codes));
    } else {
      compose(valueSet, codes);
    }
    expanding.pop();
    if (codes.size() > MOST) {
      throw new HubException(ErrorCode.SEARCH_TOO_COMPLEX, criterion, canonical, MOST);
    }
    return codes;
  }

  private static void take(ValueSetExpansionContainsComponent entry, Set<Code> codes) {
    if (entry.hasCode() && !entry.getAbstract()) {
      codes.add(new Code(entry.hasSystem() ? entry.getSystem() : "", entry.getCode()));
    }
    entry.getContains().forEach(inner -> take(inner, codes));
  }

  private void compose(ValueSet valueSet, Set<Code> codes) {
    valueSet.getCompose().getInclude().forEach(include -> codes.addAll(included(include)));
    for (var exclude : valueSet.getCompose().getExclude()) {
      var excluded = included(exclude);
      spellOut(excluded, codes);
      codes.removeAll(excluded);
      excluded.stream()
          .filter(code -> code.code().isEmpty())
          .forEach(whole -> codes.removeIf(code -> code.system().equals(whole.system())));
    }
  }

  /** Whole systems of which something is excluded, code by code. */
  private void spellOut(Set<Code> excluded, Set<Code> codes) {
    for (var code : excluded) {
      var whole = new Code(code.system(), "");
      if (!code.code().isEmpty() && codes.remove(whole)) {
        all(code.system()).forEach(found -> codes.add(new Code(code.system(), found)));
      }
    }
  }

  private Set<Code> included(ConceptSetComponent part) {
    var codes = part.hasSystem() ? ofSystem(part) : null;
    for (var imported : part.getValueSet()) {
      var others = expand(imported.getValue());
      codes = codes == null ? others : both(codes, others);
    }
    return codes == null ? new LinkedHashSet<>() : codes;
  }

  private static Set<Code> both(Set<Code> one, Set<Code> other) {
    var both = new LinkedHashSet<Code>();
    one.stream().filter(code -> holds(other, code)).forEach(both::add);
    other.stream().filter(code -> holds(one, code)).forEach(both::add);
    return both;
  }

  private static boolean holds(Set<Code> codes, Code code) {
    return codes.contains(code) || codes.contains(new Code(code.system(), ""));
  }

  private Set<Code> ofSystem(ConceptSetComponent part) {
    var system = part.getSystem();
    var codes = new LinkedHashSet<Code>();
    if (part.hasConcept()) {
      part.getConcept().forEach(concept -> codes.add(new Code(system, concept.getCode())));
      return codes;
    }
    if (!part.hasFilter()) {
      codes.add(new Code(system, ""));
      return codes;
    }
    var tree = tree(system);
    var kept = new LinkedHashSet<>(tree.all());
    part.getFilter().forEach(filter -> kept.retainAll(filtered(tree, filter)));
    kept.forEach(code -> codes.add(new Code(system, code)));
    return codes;
  }

  private Set<String> filtered(CodeTree tree, ConceptSetFilterComponent filter) {
    var onConcept = Set.of("concept", "code").contains(filter.getProperty());
    var value = filter.getValue();
    var operator = filter.hasOp() ? filter.getOp().toCode() : "";
    if (!onConcept) {
      throw Refusal.value(criterion, filter.getProperty() + " " + operator, "concept is-a");
    }
    var found = new LinkedHashSet<String>();
    switch (operator) {
      case "is-a" -> found.addAll(tree.below(value));
      case "descendent-of" -> {
        found.addAll(tree.below(value));
        found.remove(value);
      }
      case "generalizes" -> found.addAll(tree.above(value));
      case "is-not-a" -> {
        found.addAll(tree.all());
        found.removeAll(tree.below(value));
      }
      case "in" -> found.addAll(List.of(value.split(",", -1)));
      case "not-in" -> {
        found.addAll(tree.all());
        List.of(value.split(",", -1)).forEach(found::remove);
      }
      case "=" -> found.add(value);
      default -> throw Refusal.value(criterion, filter.getProperty() + " " + operator, "is-a");
    }
    return found;
  }

  private Set<String> all(String system) {
    return tree(system).all();
  }

  private CodeTree tree(String system) {
    return publications.codeSystem(system).map(CodeTree::of).orElseThrow(() -> unknown(system));
  }

  private HubException unknown(String canonical) {
    return new HubException(ErrorCode.VALUE_SET_UNKNOWN, criterion, criterion, canonical);
  }
}
