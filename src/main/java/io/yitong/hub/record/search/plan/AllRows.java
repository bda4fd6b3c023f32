package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Any;
import io.yitong.hub.record.search.criteria.Condition.Ids;
import io.yitong.hub.record.search.criteria.Condition.Listed;
import io.yitong.hub.record.search.criteria.Condition.Not;
import io.yitong.hub.record.search.criteria.Condition.Updated;
import io.yitong.hub.record.search.criteria.Condition.Worded;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** The rows {@code r} of one type or of several that each meet their type's condition. */
public final class AllRows {
  private static final String ALIAS = "r";

  private final Sql from;
  private final Sql count;
  private final String dateHigh;

  private AllRows(Sql from, Sql count, String dateHigh) {
    this.from = from;
    this.count = count;
    this.dateHigh = dateHigh;
  }

  /**
   * @param conditions for types the reader may see; not empty
   */
  public static AllRows of(
      Map<ResourceType, Condition> conditions, Contained contained, Scope scope) {
    return switch (contained) {
      case NOT -> of(conditions, scope);
      case ONLY_CONTAINERS -> found(ContainedRows.containers(conditions, scope), "");
      case ONLY -> found(ContainedRows.themselves(conditions, scope), "r.date_high");
      case ALSO_CONTAINERS ->
          found(ContainedRows.orContainers(of(conditions, scope), conditions, scope), "");
      case ALSO ->
          found(ContainedRows.besides(of(conditions, scope), conditions, scope), "r.date_high");
    };
  }

  private static AllRows found(Sql from, String dateHigh) {
    return new AllRows(from, Sql.of("select count(*)").add(from), dateHigh);
  }

  private static AllRows of(Map<ResourceType, Condition> conditions, Scope scope) {
    if (conditions.size() == 1) {
      var type = conditions.keySet().iterator().next();
      var rows = Rows.of(type, conditions.get(type), ALIAS, scope);
      return new AllRows(rows.from(), rows.count(), rows.dateHigh());
    }
    var from =
        Sql.of(" from resource r where ")
            .add(ofTypes(conditions, scope))
            .add(" and not r.deleted and ")
            .add(Visibility.of(scope.filter(), ALIAS));
    return found(from, "");
  }

  /** A new copy each time: callers add to it. */
  public Sql from() {
    return new Sql().add(from);
  }

  public Sql count() {
    return count;
  }

  /** The column of the main date's end that rows come ordered by; empty for several types. */
  public String dateHigh() {
    return dateHigh;
  }

  private static Sql ofTypes(Map<ResourceType, Condition> conditions, Scope scope) {
    var one = conditions.values().iterator().next();
    if (Set.copyOf(conditions.values()).size() == 1 && isOfNoType(one)) {
      var type = conditions.keySet().iterator().next();
      return Sql.of("r.type = any(?) and ", (Object) TypeCodes.of(conditions.keySet()))
          .add(RowCondition.start(type, ALIAS, scope).of(one));
    }
    return Alternatives.of(
        List.copyOf(conditions.entrySet()),
        entry ->
            Sql.of("(r.type = ? and ", TypeCodes.of(entry.getKey()))
                .add(RowCondition.start(entry.getKey(), ALIAS, scope).of(entry.getValue()))
                .add(")"));
  }

  /** Whether a condition asks for nothing that depends on the type. */
  private static boolean isOfNoType(Condition condition) {
    if (condition instanceof All all) {
      return all.parts().stream().allMatch(AllRows::isOfNoType);
    }
    if (condition instanceof Any any) {
      return any.parts().stream().allMatch(AllRows::isOfNoType);
    }
    if (condition instanceof Not not) {
      return isOfNoType(not.condition());
    }
    return condition instanceof Ids
        || condition instanceof Updated
        || condition instanceof Worded
        || condition instanceof Listed;
  }
}
