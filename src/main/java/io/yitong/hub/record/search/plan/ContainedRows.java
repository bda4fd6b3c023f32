package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Any;
import io.yitong.hub.record.search.criteria.Condition.Has;
import io.yitong.hub.record.search.criteria.Condition.Not;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import io.yitong.hub.record.visibility.Visibility;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Resources that stand in others (FHIR R4, 3.1.1.5.5): rows of {@code contained_resource}, which
 * has the columns by which {@code resource} is searched. They are seen by whoever may see what
 * contains them, and go by its key with their own id as a fragment.
 */
final class ContainedRows {
  private static final String ALIAS = "n";

  /** All that a page shows and is sorted by. */
  private static final String COLUMNS =
      " r.type, r.fhir_id, r.version, r.last_updated, r.deleted, r.content, r.rid, r.patient,"
          + " r.date_low, r.date_high";

  private static final String CONTAINED =
      " n.container_type as type, n.container_id || '#' || n.fhir_id as fhir_id, n.version,"
          + " n.last_updated, n.deleted, n.content, n.rid, n.patient, n.date_low, n.date_high";

  private ContainedRows() {}

  static Sql containers(Map<ResourceType, Condition> conditions, Scope scope) {
    return Sql.of(" from resource r where r.rid = any(array(select n.container")
        .add(from(conditions, scope))
        .add("))");
  }

  static Sql themselves(Map<ResourceType, Condition> conditions, Scope scope) {
    return Sql.of(" from (select" + CONTAINED).add(from(conditions, scope)).add(") r where true");
  }

  /**
   * @param others what is found by itself
   */
  static Sql orContainers(AllRows others, Map<ResourceType, Condition> conditions, Scope scope) {
    return Sql.of(" from resource r where r.rid in (select r.rid")
        .add(others.from())
        .add(" union all select n.container")
        .add(from(conditions, scope))
        .add(")");
  }

  static Sql besides(AllRows others, Map<ResourceType, Condition> conditions, Scope scope) {
    return Sql.of(" from (select" + COLUMNS)
        .add(others.from())
        .add(" union all select" + CONTAINED)
        .add(from(conditions, scope))
        .add(") r where true");
  }

  private static Sql from(Map<ResourceType, Condition> conditions, Scope scope) {
    return Sql.of(" from contained_resource n where ")
        .add(
            Alternatives.of(
                List.copyOf(conditions.entrySet()),
                entry ->
                    Sql.of("(n.type = ? and ", TypeCodes.of(entry.getKey()))
                        .add(
                            RowCondition.start(entry.getKey(), ALIAS, scope)
                                .of(ofItself(entry.getValue())))
                        .add(")")))
        .add(
            " and exists (select 1 from resource m where m.rid = n.container and not m.deleted"
                + " and m.type = any(?) and ",
            (Object) TypeCodes.of(scope.filter().types()))
        .add(Visibility.of(scope.filter(), "m"))
        .add(")");
  }

  /** Nothing outside refers to what stands in another resource (FHIR R4, 2.3.0.2). */
  private static Condition ofItself(Condition condition) {
    if (condition instanceof All all) {
      return new All(all.parts().stream().map(ContainedRows::ofItself).toList());
    }
    if (condition instanceof Any any) {
      return new Any(any.parts().stream().map(ContainedRows::ofItself).toList());
    }
    if (condition instanceof Not not) {
      return new Not(ofItself(not.condition()));
    }
    return condition instanceof Has ? new Any(List.of()) : condition;
  }
}
