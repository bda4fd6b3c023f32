package io.yitong.hub.record.search.criteria;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Missing;
import io.yitong.hub.record.search.criteria.Condition.Not;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/** The left side of a comparison in {@code _filter}: {@code subject[birthdate ge 2000].name}. */
record FilterPath(ResourceType type, List<Step> steps) {
  private static final String NAME = "_filter";
  private static final Set<String> ORDERED =
      Set.of("eq", "ne", "gt", "lt", "ge", "le", "ap", "sa", "eb");

  /**
   * @param filter what the step's target must meet besides
   */
  record Step(String name, Optional<String> filter) {}

  FilterPath {
    steps = List.copyOf(steps);
    if (steps.size() > ReadCriterion.DEEPEST) {
      throw new HubException(ErrorCode.SEARCH_TOO_COMPLEX, NAME, NAME, ReadCriterion.DEEPEST);
    }
  }

  Condition compare(String operator, String value) {
    var step = steps.get(0);
    if (steps.size() == 1) {
      if (step.filter().isPresent()) {
        throw Refusal.value(NAME, step.name() + "[…]", "name[…].name");
      }
      return last(type, step.name(), operator, value);
    }
    var reference = reference(type, step.name());
    var targets = new LinkedHashMap<ResourceType, Condition>();
    Optional<HubException> refusal = Optional.empty();
    for (var target : ReadCriterion.targets(reference)) {
      try {
        var inner = new FilterPath(target, steps.subList(1, steps.size())).compare(operator, value);
        targets.put(
            target,
            step.filter().isEmpty()
                ? inner
                : new All(List.of(FilterExpression.read(target, step.filter().get()), inner)));
      } catch (HubException e) {
        // A type that has no such parameter is passed over, unless none has it.
        if (!Refusal.isIgnorable(e)) {
          throw e;
        }
        refusal = refusal.or(() -> Optional.of(e));
      }
    }
    if (targets.isEmpty()) {
      throw refusal.orElseThrow();
    }
    return new Chain(reference, targets);
  }

  private Condition last(ResourceType from, String name, String operator, String value) {
    if (name.equals("_id") || name.equals("_lastUpdated")) {
      return ofEveryType(from, name, operator, value);
    }
    var parameter =
        SearchParameters.of(from).named(name).orElseThrow(() -> Refusal.unknown(NAME, from, name));
    if (operator.equals("pr")) {
      return new Missing(parameter, !Values.truth(NAME, List.of(value)));
    }
    return switch (parameter.kind()) {
      case STRING -> text(parameter, operator, value);
      case TOKEN, URI -> token(parameter, operator, value);
      case REFERENCE -> {
        var same = operator.equals("re") ? "eq" : operator;
        yield token(parameter, same, value);
      }
      case DATE, NUMBER, QUANTITY -> ordered(parameter, operator, value);
      default -> throw refuse(operator);
    };
  }

  private static Condition ofEveryType(
      ResourceType from, String name, String operator, String value) {
    var isDate = name.equals("_lastUpdated");
    if (isDate ? !ORDERED.contains(operator) : !Set.of("eq", "ne").contains(operator)) {
      throw refuse(operator);
    }
    var equal = ReadCriterion.of(from, name, List.of(isDate ? operator + value : value));
    return !isDate && operator.equals("ne") ? new Not(equal) : equal;
  }

  private static Condition text(SearchParameter parameter, String operator, String value) {
    var kind =
        switch (operator) {
          case "eq" -> Kind.EQUALS;
          case "co" -> Kind.CONTAINS;
          case "sw" -> Kind.NONE;
          case "ew" -> Kind.ENDS;
          case "ne" -> Kind.DIFFERS;
          default -> throw refuse(operator);
        };
    return valued(parameter, kind, value);
  }

  /** The set of a token's values is not kept apart: ne is said of all of them at once. */
  private static Condition token(SearchParameter parameter, String operator, String value) {
    var isToken = parameter.kind() == SearchParamType.TOKEN;
    return switch (operator) {
      case "eq" -> valued(parameter, Kind.NONE, value);
      case "ne" ->
          new All(
              List.of(new Missing(parameter, false), new Not(valued(parameter, Kind.NONE, value))));
      case "in" -> valued(parameter, checked(isToken, operator, Kind.IN), value);
      case "ss" -> valued(parameter, checked(isToken, operator, Kind.BELOW), value);
      case "sb" -> valued(parameter, checked(isToken, operator, Kind.ABOVE), value);
      default -> throw refuse(operator);
    };
  }

  private static Kind checked(boolean taken, String operator, Kind kind) {
    if (!taken) {
      throw refuse(operator);
    }
    return kind;
  }

  private static Condition ordered(SearchParameter parameter, String operator, String value) {
    if (operator.equals("po") && parameter.kind() == SearchParamType.DATE) {
      return valued(parameter, Kind.OVERLAPS, value);
    }
    if (!ORDERED.contains(operator)) {
      throw refuse(operator);
    }
    return valued(parameter, Kind.NONE, operator + value);
  }

  private static Condition valued(SearchParameter parameter, Kind kind, String value) {
    var modifier = Modifier.of(kind);
    Values.check(NAME, parameter, modifier, List.of(value));
    return new Valued(parameter, modifier, List.of(value));
  }

  private static SearchParameter reference(ResourceType type, String name) {
    return SearchParameters.of(type)
        .named(name)
        .filter(parameter -> parameter.kind() == SearchParamType.REFERENCE)
        .orElseThrow(() -> Refusal.unknown(NAME, type, name));
  }

  private static RuntimeException refuse(String operator) {
    return Refusal.modifier(NAME, NAME, operator);
  }
}
