package io.yitong.hub.record.search.plan;

import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Ids;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The rows of one type that meet a condition and may be seen. Where a search starts is decided
 * here, not by the planner, whose guesses about hashed keys are bad: from the patients it names, a
 * patient's record being small; from a condition that leaves few rows; from a code, in the order of
 * time; else from the newest of the type. The rest judges the rows come by. A fence ({@code offset
 * 0}) keeps the planner from starting anywhere else. See docs/decisions/0012-search.md.
 */
public final class Rows {
  private static final Set<SearchParamType> RANGES =
      EnumSet.of(
          SearchParamType.DATE,
          SearchParamType.NUMBER,
          SearchParamType.QUANTITY,
          SearchParamType.STRING);

  private final SearchParameters parameters;
  private final Scope scope;
  private final String alias;
  private final List<Condition> rest = new ArrayList<>();
  private final List<Condition> selective = new ArrayList<>();
  private Optional<Sql> patients = Optional.empty();
  private Optional<List<String>> named = Optional.empty();
  private Optional<Valued> code = Optional.empty();

  private Rows(ResourceType type, String alias, Scope scope) {
    this.parameters = SearchParameters.of(type);
    this.alias = alias;
    this.scope = scope;
  }

  public static Rows of(ResourceType type, Condition condition, String alias, Scope scope) {
    var rows = new Rows(type, alias, scope);
    conjuncts(condition).filter(part -> !rows.startsFromPatients(part)).forEach(rows.rest::add);
    if (rows.patients.isEmpty()) {
      if (rows.rest.stream().noneMatch(part -> Selectivity.isMoreThanACode(part, scope))) {
        rows.startFromCode();
      }
      if (rows.code.isEmpty()) {
        rows.startFromFew();
      }
    }
    return rows;
  }

  private void startFromFew() {
    rest.stream().filter(part -> Selectivity.isSelective(part, scope)).forEach(selective::add);
    rest.removeAll(selective);
  }

  private static Stream<Condition> conjuncts(Condition condition) {
    if (condition instanceof All all) {
      return all.parts().stream().flatMap(Rows::conjuncts);
    }
    if (condition instanceof Valued valued
        && valued.values().size() == 1
        && valued.parameter().composite().filter(made -> made.groups().isEmpty()).isPresent()) {
      return CompositeCondition.ofResource(valued.parameter(), valued.values().get(0)).stream()
          .flatMap(Rows::conjuncts);
    }
    return Stream.of(condition);
  }

  /** {@code from … where …}. */
  public Sql from() {
    var sql = Sql.of(" from ");
    if (patients.isPresent()) {
      sql.add("(select p.* from resource p where p.type = ? and ", type())
          .add(patients.get())
          .add(" offset 0) ")
          .add(alias)
          .add(" where ");
    } else if (code.isPresent()) {
      sql.add(entries(code.get()))
          .add(" join resource " + alias + " on " + alias + ".rid = " + alias + "t.rid where ");
    } else if (!selective.isEmpty()) {
      var start = RowCondition.start(parameters.type(), alias, scope);
      sql.add("(select " + alias + ".* from resource " + alias + " where ")
          .add(Alternatives.allOf(selective.stream().map(start::of).toList()))
          .add(withinType())
          .add(" offset 0) ")
          .add(alias)
          .add(" where ");
    } else {
      sql.add("resource ").add(alias).add(" where ");
    }
    var judged = RowCondition.judge(parameters.type(), alias, dateHigh(), scope);
    rest.forEach(part -> sql.add(isFound(part) ? started(part) : judged.of(part)).add(" and "));
    return sql.add(
        named
            .map(ids -> scope.visible(parameters.type(), alias, ids))
            .orElseGet(() -> scope.visible(parameters.type(), alias)));
  }

  /** An id needs the type; keys are a type's own, and its index would only be read for nothing. */
  private Sql withinType() {
    return selective.stream().allMatch(Ids.class::isInstance)
        ? Sql.of(" and " + alias + ".type = ?", type())
        : new Sql();
  }

  /** Where nothing else is to start from, ranges may be: that the planner can judge. */
  private boolean isFound(Condition condition) {
    return patients.isEmpty()
        && code.isEmpty()
        && selective.isEmpty()
        && condition instanceof Valued valued
        && RANGES.contains(valued.parameter().kind());
  }

  private Sql started(Condition condition) {
    return RowCondition.start(parameters.type(), alias, scope).of(condition);
  }

  /** The end of the main date, in the column that the rows come ordered by. */
  public String dateHigh() {
    return alias + (code.isPresent() ? "t.date_high" : ".date_high");
  }

  /**
   * How many there are. Where a code is all that is asked and everything may be seen, its index
   * alone tells.
   */
  public Sql count() {
    if (code.isPresent() && rest.isEmpty() && scope.filter().reach() instanceof Everything) {
      return Sql.of("select count(*) from ").add(entries(code.get()));
    }
    return Sql.of("select count(*)").add(from());
  }

  private short type() {
    return TypeCodes.of(parameters.type());
  }

  private boolean startsFromPatients(Condition condition) {
    if (patients.isPresent()) {
      return false;
    }
    if (condition instanceof Valued valued && parameters.standsForPatient(valued.parameter())) {
      var ids = KeyCondition.patientIds(valued, scope.hubBase());
      patients = ids.map(found -> Sql.among("p.patient", "text", found));
      named = ids;
      return ids.isPresent();
    }
    if (condition instanceof Chain chain
        && parameters.standsForPatient(chain.reference())
        && chain.targets().keySet().equals(Set.of(ResourceType.Patient))
        && scope.shows(ResourceType.Patient)
        && Selectivity.isSelective(condition, scope)) {
      var inner = alias + "c";
      patients =
          Optional.of(
              Sql.of("p.patient = any(array(select " + inner + ".fhir_id ")
                  .add(
                      Rows.of(
                              ResourceType.Patient,
                              chain.targets().get(ResourceType.Patient),
                              inner,
                              scope)
                          .from())
                  .add("))"));
      return true;
    }
    return false;
  }

  private void startFromCode() {
    code =
        rest.stream()
            .filter(Valued.class::isInstance)
            .map(Valued.class::cast)
            .filter(valued -> valued.parameter().ordered())
            .filter(valued -> valued.modifier().kind() == Kind.NONE)
            .filter(valued -> valued.values().stream().noneMatch(code -> code.endsWith("|")))
            .findFirst();
    code.ifPresent(rest::remove);
  }

  /**
   * A resource stands once for each code and system: where several are asked for, or a code of
   * whatever system, it is taken once, and the order is made here, so that a page ends early.
   */
  private Sql entries(Valued valued) {
    var parameter = valued.parameter();
    var found =
        Alternatives.of(
            valued.values(),
            value -> {
              var parts = Values.parts(value);
              return parts.size() == 1
                  ? Sql.of("t.code = ?", parameter.codeKey(parts.get(0)))
                  : Sql.of(
                      "(t.code = ? and t.system = ?)",
                      parameter.codeKey(KeyCondition.rest(parts)),
                      Keys.of(parts.get(0)));
            });
    var once = valued.values().size() == 1 && Values.parts(valued.values().get(0)).size() > 1;
    return Sql.of(
            "(select " + (once ? "" : "distinct ") + "t.date_high, t.rid from index_code t where ")
        .add(found)
        .add(once ? ") " : " order by t.date_high desc, t.rid offset 0) ")
        .add(alias + "t");
  }
}
