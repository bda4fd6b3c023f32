package io.yitong.hub.record.search.plan;

import io.yitong.hub.fhir.ReadFilter.Everything;
import io.yitong.hub.record.index.Keys;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Chain;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Modifier.Kind;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The rows of one type that meet a condition and may be seen. A search that names its patients
 * starts from them, behind a fence ({@code offset 0}) that keeps the planner from starting anywhere
 * else: its guesses about hashed keys are bad, and a patient's record is small. One that names a
 * code starts from the codes in the order of time. See docs/decisions/0012-search.md.
 */
public final class Rows {
  private final SearchParameters parameters;
  private final Scope scope;
  private final String alias;
  private final List<Condition> rest = new ArrayList<>();
  private Optional<Sql> patients = Optional.empty();
  private Optional<Valued> code = Optional.empty();

  private Rows(ResourceType type, String alias, Scope scope) {
    this.parameters = SearchParameters.of(type);
    this.alias = alias;
    this.scope = scope;
  }

  public static Rows of(ResourceType type, Condition condition, String alias, Scope scope) {
    var rows = new Rows(type, alias, scope);
    var conjuncts = conjuncts(condition).toList();
    for (var part : conjuncts) {
      if (!rows.startsFromPatients(part)) {
        rows.rest.add(part);
      }
    }
    if (rows.patients.isEmpty()) {
      rows.startFromCode();
    }
    return rows;
  }

  private static Stream<Condition> conjuncts(Condition condition) {
    return condition instanceof All all
        ? all.parts().stream().flatMap(Rows::conjuncts)
        : Stream.of(condition);
  }

  /** {@code from … where …}. */
  public Sql from() {
    var sql = Sql.of(" from ");
    var condition = new RowCondition(parameters.type(), alias, dateHigh(), scope);
    if (patients.isPresent()) {
      sql.add("(select p.* from resource p where p.type = ? and p.patient = any(", type())
          .add(patients.get())
          .add(") offset 0) ")
          .add(alias)
          .add(" where ");
    } else if (code.isPresent()) {
      sql.add(entries(code.get()))
          .add(" join resource " + alias + " on " + alias + ".rid = " + alias + "t.rid where ");
    } else {
      sql.add("resource ").add(alias).add(" where ");
    }
    rest.forEach(part -> sql.add(condition.of(part)).add(" and "));
    return sql.add(scope.visible(parameters.type(), alias));
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
      patients = ids.map(found -> Sql.of("?", (Object) found.toArray(String[]::new)));
      return ids.isPresent();
    }
    if (condition instanceof Chain chain
        && parameters.standsForPatient(chain.reference())
        && chain.targets().keySet().equals(Set.of(ResourceType.Patient))
        && scope.shows(ResourceType.Patient)) {
      var inner = alias + "c";
      patients =
          Optional.of(
              Sql.of("array(select " + inner + ".fhir_id ")
                  .add(
                      Rows.of(
                              ResourceType.Patient,
                              chain.targets().get(ResourceType.Patient),
                              inner,
                              scope)
                          .from())
                  .add(")"));
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
            .filter(valued -> valued.values().size() == 1)
            .filter(valued -> !valued.values().get(0).endsWith("|"))
            .findFirst();
    code.ifPresent(rest::remove);
  }

  /** A resource stands once for each system it gives the code in. */
  private Sql entries(Valued valued) {
    var parts = Values.parts(valued.values().get(0));
    var parameter = valued.parameter();
    if (parts.size() == 1) {
      return Sql.of(
          "(select distinct t.date_high, t.rid from index_code t where t.code = ?) " + alias + "t",
          parameter.codeKey(parts.get(0)));
    }
    return Sql.of(
        "(select t.date_high, t.rid from index_code t where t.code = ? and t.system = ?) "
            + alias
            + "t",
        parameter.codeKey(KeyCondition.rest(parts)),
        Keys.of(parts.get(0)));
  }
}
