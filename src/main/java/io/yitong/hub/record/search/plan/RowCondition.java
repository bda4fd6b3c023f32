package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.Keys;
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
      return chain(chain);
    }
    if (condition instanceof Has has) {
      return has(has);
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
      return listed(listed);
    }
    if (condition instanceof Worded worded) {
      return WordCondition.of(worded, alias);
    }
    if (condition instanceof Within within) {
      return within(within);
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

  /** The functions behind the operators do the same, and no index serves them. */
  private Sql keys(long[] keys) {
    if (start) {
      return Sql.of(alias + (keys.length == 1 ? ".keys @> ?" : ".keys && ?"), (Object) keys);
    }
    return Sql.of("arrayoverlap(" + alias + ".keys, ?)", (Object) keys);
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
    if (isMain(parameter)) {
      return Sql.of("(" + alias + ".date_high > '-infinity')");
    }
    return switch (parameter.kind()) {
      case DATE -> indexed("index_date", parameter);
      case NUMBER, QUANTITY -> indexed("index_quantity", parameter);
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
      default -> keys(new long[] {parameter.presentKey()});
    };
  }

  private Sql indexed(String table, SearchParameter parameter) {
    return Sql.of(
        "exists (select 1 from %s i where i.rid = %s.rid and i.parameter = ?)"
            .formatted(table, alias),
        parameter.code());
  }

  private Sql chain(Chain chain) {
    var reference = chain.reference();
    if (!reference.sameAs().isEmpty()) {
      return Alternatives.of(reference.sameAs(), part -> chain(new Chain(part, chain.targets())));
    }
    var targets = chain.targets().keySet().stream().filter(scope::shows).sorted().toList();
    var inFew = Selectivity.isSelective(chain, scope);
    return Alternatives.of(
        targets,
        target ->
            inFew
                ? toOneOf(reference, target, chain.targets().get(target))
                : toSome(reference, target, chain.targets().get(target)));
  }

  /** Few resources meet it: the row refers to one of them. */
  private Sql toOneOf(SearchParameter reference, ResourceType target, Condition condition) {
    var inner = alias + "c";
    return Sql.of(
            (start ? alias + ".keys && " : "arrayoverlap(" + alias + ".keys, ")
                + "array(select ?::bigint # "
                + inner
                + ".self ",
            reference.hash())
        .add(Rows.of(target, condition, inner, scope).from())
        .add(start ? ")" : "))");
  }

  /** Many meet it: what the row refers to is looked at. */
  private Sql toSome(SearchParameter reference, ResourceType target, Condition condition) {
    var inner = alias + "c";
    return Sql.of(
            "exists (select 1 from resource "
                + inner
                + " where "
                + inner
                + ".self = any(array(select k.key # ?::bigint from unnest("
                + alias
                + ".keys) k(key))) and ",
            reference.hash())
        .add(judge(target, inner, inner + ".date_high", scope).of(condition))
        .add(" and ")
        .add(scope.visible(target, inner))
        .add(" offset 0)");
  }

  /**
   * Which rows refer here, by the keys they hold: a key less the parameter's hash is the hash of
   * what is referred to, if it is one of the parameter's at all; no other makes a resource's own.
   */
  private Sql has(Has has) {
    var reference = has.reference();
    if (!reference.sameAs().isEmpty()) {
      return Alternatives.of(reference.sameAs(), part -> has(new Has(part, has.source())));
    }
    var source = reference.type();
    if (!scope.shows(source)) {
      return Sql.of("false");
    }
    if (!Selectivity.isSelective(has.source(), scope)) {
      return referredToBySome(has);
    }
    var inner = alias + "h";
    var rows = Rows.of(source, has.source(), inner, scope).from();
    if (parameters.type() == ResourceType.Patient
        && SearchParameters.of(source).standsForPatient(reference)) {
      return oneOf("fhir_id", Sql.of("select distinct " + inner + ".patient ").add(rows));
    }
    return oneOf(
        "self",
        Sql.of(
                "select distinct k.key # ?::bigint from (select " + inner + ".keys ",
                reference.hash())
            .add(rows)
            .add(") s cross join lateral unnest(s.keys) k(key)"));
  }

  /** An array leads into an index; a subquery is hashed to judge by. */
  private Sql oneOf(String column, Sql found) {
    return Sql.of(alias + "." + column + (start ? " = any(array(" : " in ("))
        .add(found)
        .add(start ? "))" : ")");
  }

  private Sql referredToBySome(Has has) {
    var source = has.reference().type();
    var inner = alias + "h";
    return Sql.of(
            "exists (select 1 from resource "
                + inner
                + " where "
                + inner
                + ".keys @> array[?::bigint # "
                + alias
                + ".self] and ",
            has.reference().hash())
        .add(judge(source, inner, inner + ".date_high", scope).of(has.source()))
        .add(" and ")
        .add(scope.visible(source, inner))
        .add(" offset 0)");
  }

  private Sql listed(Listed listed) {
    if (!scope.shows(ResourceType.List)) {
      return Sql.of("false");
    }
    var item =
        SearchParameters.of(ResourceType.List).named("item").orElseThrow().entries().get(0);
    return oneOf(
        "self",
        Sql.of(
                "select k.key # ?::bigint from resource l cross join lateral unnest(l.keys) k(key)"
                    + " where l.fhir_id = any(?) and ",
                item.hash(),
                listed.lists().toArray(String[]::new))
            .add(scope.visible(ResourceType.List, "l")));
  }

  private Sql within(Within within) {
    var keys =
        keys(
            within.references().stream()
                .flatMap(reference -> reference.entries().stream())
                .mapToLong(reference -> reference.hash() ^ Keys.of(within.focus()))
                .toArray());
    return within.itself()
        ? Alternatives.anyOf(List.of(Sql.of(alias + ".self = ?", Keys.of(within.focus())), keys))
        : keys;
  }

  private boolean isMain(SearchParameter parameter) {
    return parameters.main().filter(parameter::equals).isPresent();
  }
}
