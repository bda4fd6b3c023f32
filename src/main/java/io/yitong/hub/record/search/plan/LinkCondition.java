package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Has;
import io.yitong.hub.record.search.criteria.Condition.Listed;
import io.yitong.hub.record.search.criteria.Condition.Within;
import io.yitong.hub.record.sql.Sql;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Conditions on what a row refers to and on what refers to it. The key of a reference is the
 * parameter's hash and that of the target in one, so that SQL makes either from the other.
 */
final class LinkCondition {
  private final ResourceType type;
  private final String alias;
  private final Scope scope;
  private final boolean start;

  /**
   * @param start whether the search may start from the condition
   */
  LinkCondition(ResourceType type, String alias, Scope scope, boolean start) {
    this.type = type;
    this.alias = alias;
    this.scope = scope;
    this.start = start;
  }

  Sql chain(Chain chain) {
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
        .add(RowCondition.judge(target, inner, inner + ".date_high", scope).of(condition))
        .add(" and ")
        .add(scope.visible(target, inner))
        .add(" offset 0)");
  }

  /**
   * Which rows refer here, by the keys they hold: a key less the parameter's hash is the hash of
   * what is referred to, if it is one of the parameter's at all; no other makes a resource's own.
   */
  Sql has(Has has) {
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
    if (type == ResourceType.Patient && SearchParameters.of(source).standsForPatient(reference)) {
      return oneOf(
          "fhir_id",
          Sql.of("select distinct " + inner + ".patient ")
              .add(rows)
              .add(" and " + inner + ".patient is not null"));
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
        .add(RowCondition.judge(source, inner, inner + ".date_high", scope).of(has.source()))
        .add(" and ")
        .add(scope.visible(source, inner))
        .add(" offset 0)");
  }

  Sql listed(Listed listed) {
    if (!scope.shows(ResourceType.List)) {
      return Sql.of("false");
    }
    var item = SearchParameters.of(ResourceType.List).named("item").orElseThrow().entries().get(0);
    return oneOf(
        "self",
        Sql.of(
                "select k.key # ?::bigint from resource l cross join lateral unnest(l.keys) k(key)"
                    + " where l.fhir_id = any(?) and ",
                item.hash(),
                listed.lists().toArray(String[]::new))
            .add(scope.visible(ResourceType.List, "l")));
  }

  Sql within(Within within) {
    var keys =
        RowCondition.holding(
            alias,
            start,
            within.references().stream()
                .flatMap(reference -> reference.entries().stream())
                .mapToLong(reference -> reference.hash() ^ Keys.of(within.focus()))
                .toArray());
    return within.itself()
        ? Alternatives.anyOf(List.of(Sql.of(alias + ".self = ?", Keys.of(within.focus())), keys))
        : keys;
  }
}
