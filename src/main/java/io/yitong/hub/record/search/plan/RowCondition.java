package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Any;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Has;
import io.yitong.hub.record.search.criteria.Condition.Ids;
import io.yitong.hub.record.search.criteria.Condition.Listed;
import io.yitong.hub.record.search.criteria.Condition.Missing;
import io.yitong.hub.record.search.criteria.Condition.Not;
import io.yitong.hub.record.search.criteria.Condition.Updated;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Condition.Within;
import io.yitong.hub.record.search.criteria.Condition.Worded;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Conditions on one row of {@code resource}, of one type, as SQL. Never null. A condition has two
 * forms: one that the search may start from, which the indexes serve, and one that judges a row
 * come by in another way, which no planner can turn around.
 */
final class RowCondition {
  private final SearchParameters parameters;
  private final String alias;
  private final String dateHigh;
  private final Scope scope;
  private final boolean start;

  private RowCondition(
      ResourceType type, String alias, String dateHigh, Scope scope, boolean start) {
    this.parameters = SearchParameters.of(type);
    this.alias = alias;
    this.dateHigh = dateHigh;
    this.scope = scope;
    this.start = start;
  }

  /** To start from. */
  static RowCondition start(ResourceType type, String alias, Scope scope) {
    return new RowCondition(type, alias, alias + ".date_high", scope, true);
  }

  /**
   * To judge rows by.
   *
   * @param dateHigh the column of the main date's end that the search is entered by
   */
  static RowCondition judge(ResourceType type, String alias, String dateHigh, Scope scope) {
    return new RowCondition(type, alias, dateHigh, scope, false);
  }

  Sql of(Condition condition) {
    if (condition instanceof All all) {
      return Alternatives.allOf(all.parts().stream().map(this::of).toList());
    }
    if (condition instanceof Any any) {
      return Alternatives.anyOf(any.parts().stream().map(this::of).toList());
    }
    if (condition instanceof Not not) {
      var judged = judge(parameters.type(), alias, dateHigh, scope);
      return Sql.of("not (").add(judged.of(not.condition())).add(")");
    }
    if (condition instanceof Valued valued) {
      return valued(valued);
    }
    if (condition instanceof Missing missing) {
      return Sql.of(missing.missing() ? "not " : "").add(present(missing.parameter()));
    }
    if (condition instanceof Chain chain) {
      return links().chain(chain);
    }
    if (condition instanceof Has has) {
      return links().has(has);
    }
    if (condition instanceof Ids ids) {
      return ids.ids().size() == 1
          ? Sql.of(alias + ".fhir_id = ?", ids.ids().get(0))
          : Sql.of(alias + ".fhir_id = any(?)", (Object) ids.ids().toArray(String[]::new));
    }
    if (condition instanceof Updated updated) {
      return DateCondition.ofMoment(updated.values(), alias + ".last_updated");
    }
    if (condition instanceof Listed listed) {
      return links().listed(listed);
    }
    if (condition instanceof Worded worded) {
      return WordCondition.of(worded, alias);
    }
    if (condition instanceof Within within) {
      return links().within(within);
    }
    throw new IllegalStateException("no condition " + condition);
  }

  private Sql valued(Valued valued) {
    var parameter = valued.parameter();
    if (!parameter.sameAs().isEmpty()) {
      var parts = parameter.sameAs().stream().map(part -> of(valued.with(part))).toList();
      return isNegative(valued) ? Alternatives.allOf(parts) : Alternatives.anyOf(parts);
    }
    return switch (parameter.kind()) {
      case TOKEN, URI, REFERENCE -> keyed(valued);
      case STRING ->
          valued.modifier().kind() == Kind.EXACT
              ? keys(
                  valued.values().stream()
                      .map(Values::unescaped)
                      .mapToLong(parameter::exactTextKey)
                      .toArray())
              : TextCondition.of(valued, alias, end());
      case DATE ->
          isMain(parameter)
              ? DateCondition.ofColumns(valued, alias, dateHigh)
              : DateCondition.ofIndex(valued, alias, end());
      case NUMBER, QUANTITY -> QuantityCondition.of(valued, alias, end());
      case COMPOSITE -> composite(valued);
      case SPECIAL ->
          Alternatives.of(
              valued.values(), value -> NearCondition.of(parameter.name(), value, alias));
      case NULL -> throw new IllegalStateException(parameter.name() + " has no kind");
    };
  }

  static boolean isNegative(Valued valued) {
    return valued.modifier().kind() == Kind.NOT || valued.modifier().kind() == Kind.NOT_IN;
  }

  private Sql keyed(Valued valued) {
    var kind = valued.modifier().kind();
    if (kind == Kind.TEXT) {
      return WordCondition.ofToken(valued, alias);
    }
    if (valued.parameter().isReference() && (kind == Kind.BELOW || kind == Kind.ABOVE)) {
      return HierarchyCondition.of(valued, alias, scope);
    }
    var keys = keys(KeyCondition.keys(valued, scope));
    return isNegative(valued) ? Sql.of("not ").add(keys) : keys;
  }

  private Sql keys(long[] keys) {
    return holding(alias, start, keys);
  }

  /** The function behind the operator does the same, and no index serves it. */
  static Sql holding(String alias, boolean start, long[] keys) {
    if (start) {
      return Sql.of(alias + (keys.length == 1 ? ".keys @> ?" : ".keys && ?"), (Object) keys);
    }
    return Sql.of("arrayoverlap(" + alias + ".keys, ?)", (Object) keys);
  }

  private LinkCondition links() {
    return new LinkCondition(parameters.type(), alias, scope, start);
  }

  /** Of a subquery: behind a fence it is run for each row and nothing starts from it. */
  private String end() {
    return start ? ")" : " offset 0)";
  }

  private Sql composite(Valued valued) {
    var alternatives = new ArrayList<Sql>();
    for (var value : valued.values()) {
      CompositeCondition.ofResource(valued.parameter(), value)
          .map(this::of)
          .ifPresent(alternatives::add);
      CompositeCondition.ofGroups(valued.parameter(), value, alias, end(), scope)
          .ifPresent(alternatives::add);
    }
    return Alternatives.anyOf(alternatives);
  }

  private Sql present(SearchParameter parameter) {
    if (!parameter.sameAs().isEmpty()) {
      return Alternatives.of(parameter.sameAs(), this::present);
    }
    var noted = keys(new long[] {parameter.presentKey()});
    if (isMain(parameter)) {
      return Alternatives.anyOf(List.of(Sql.of(alias + ".date_high > '-infinity'"), noted));
    }
    return switch (parameter.kind()) {
      case DATE -> Alternatives.anyOf(List.of(indexed("index_date", parameter), noted));
      case NUMBER, QUANTITY ->
          Alternatives.anyOf(List.of(indexed("index_quantity", parameter), noted));
      case SPECIAL ->
          Sql.of("exists (select 1 from index_position i where i.rid = " + alias + ".rid)");
      case COMPOSITE -> {
        var composite = parameter.composite().orElseThrow();
        var ofResource =
            Alternatives.allOf(composite.ofResource().stream().map(this::present).toList());
        yield composite.ofResource().isEmpty()
            ? indexed("index_group", parameter)
            : Alternatives.anyOf(List.of(ofResource, indexed("index_group", parameter)));
      }
      default -> noted;
    };
  }

  private Sql indexed(String table, SearchParameter parameter) {
    return Sql.of(
        "exists (select 1 from %s i where i.rid = %s.rid and i.parameter = ?)"
            .formatted(table, alias),
        parameter.code());
  }

  private boolean isMain(SearchParameter parameter) {
    return parameters.main().filter(parameter::equals).isPresent();
  }
}
