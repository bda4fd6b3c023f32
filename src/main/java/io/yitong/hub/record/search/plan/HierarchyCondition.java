package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import io.yitong.hub.record.search.criteria.Refusal;
import io.yitong.hub.record.search.criteria.Types;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * References {@code :below} and {@code :above} (FHIR R4, 3.1.1.4.12): to the resource named or to
 * one in the same strict hierarchy, which is what the type's {@code partof} makes. A circle of
 * parts is walked once.
 */
final class HierarchyCondition {
  private static final Set<String> PART_OF = Set.of("partof", "part-of");

  private final Valued criterion;
  private final Scope scope;

  private HierarchyCondition(Valued criterion, Scope scope) {
    this.criterion = criterion;
    this.scope = scope;
  }

  static Sql of(Valued criterion, String alias, Scope scope) {
    return new HierarchyCondition(criterion, scope).of(alias);
  }

  private Sql of(String alias) {
    var alternatives = new ArrayList<Sql>();
    for (var value : criterion.values()) {
      var literal = KeyCondition.relative(Values.unescaped(value), scope.hubBase());
      var slash = literal.indexOf('/');
      var id = literal.substring(slash + 1);
      for (var type : types(slash < 0 ? "" : literal.substring(0, slash))) {
        alternatives.add(keys(type, id, alias));
      }
    }
    return Alternatives.anyOf(alternatives);
  }

  private List<ResourceType> types(String named) {
    var targets = criterion.parameter().targets();
    var possible =
        named.isEmpty()
            ? targets.stream().sorted()
            : Types.named(named)
                .filter(type -> targets.isEmpty() || targets.contains(type))
                .stream();
    var found = possible.filter(type -> partOf(type).isPresent()).toList();
    if (found.isEmpty()) {
      throw Refusal.modifier(
          criterion.parameter().name(),
          criterion.parameter().name(),
          criterion.modifier().kind() == Kind.BELOW ? "below" : "above");
    }
    return found;
  }

  private static Optional<SearchParameter> partOf(ResourceType type) {
    var parameters = SearchParameters.of(type);
    return PART_OF.stream()
        .flatMap(name -> parameters.named(name).stream())
        .filter(parameter -> parameter.kind() == SearchParamType.REFERENCE)
        .filter(parameter -> parameter.targets().contains(type))
        .map(parameter -> parameter.entries().get(0))
        .findFirst();
  }

  private Sql keys(ResourceType type, String id, String alias) {
    var sql =
        Sql.of(
            alias + ".keys && array(with recursive h(self) as (select ?::bigint union ",
            Keys.self(type, id));
    if (scope.shows(type)) {
      sql.add(next(type));
    } else {
      sql.add("select self from h where false");
    }
    return sql.add(") select ?::bigint # h.self from h)", criterion.parameter().hash());
  }

  private Sql next(ResourceType type) {
    var partOf = partOf(type).orElseThrow().hash();
    if (criterion.modifier().kind() == Kind.BELOW) {
      return Sql.of(
              "select c.self from h join resource c on c.keys @> array[?::bigint # h.self] where ",
              partOf)
          .add(scope.visible(type, "c"));
    }
    return Sql.of(
            "select c.self from h join resource b on b.self = h.self"
                + " cross join lateral unnest(b.keys) k(key)"
                + " join resource c on c.self = k.key # ?::bigint where ",
            partOf)
        .add(Alternatives.allOf(Stream.of("b", "c").map(a -> scope.visible(type, a)).toList()));
  }
}
