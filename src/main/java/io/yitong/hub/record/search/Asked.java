package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.search.SearchQuery.Among;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Within;
import io.yitong.hub.record.search.criteria.ReadCriterion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/** What a search asks of the resources of each type it is about. */
final class Asked {
  private Asked() {}

  /**
   * @param shown the types the reader may see
   * @return types that cannot match are missing
   */
  static Map<ResourceType, Condition> conditions(SearchQuery query, Set<ResourceType> shown) {
    query.criteria().forEach(criterion -> condition(query.among(), criterion));
    var conditions = new LinkedHashMap<ResourceType, Condition>();
    var types = query.among().types().isEmpty() ? shown : query.among().types();
    for (var type : types.stream().sorted().toList()) {
      if (shown.contains(type)) {
        var all = new ArrayList<Condition>();
        query.among().compartment().map(focus -> within(focus, type)).ifPresent(all::add);
        query.criteria().forEach(criterion -> all.add(condition(type, criterion)));
        if (!isOutside(all)) {
          conditions.put(type, new All(all));
        }
      }
    }
    return conditions;
  }

  /** Looked up in every type searched: across types, only what all of them have may be asked. */
  static void condition(Among among, Criterion criterion) {
    var types = among.types().isEmpty() ? Set.of(ResourceType.values()) : among.types();
    types.forEach(type -> condition(type, criterion));
  }

  private static Condition condition(ResourceType type, Criterion criterion) {
    return ReadCriterion.of(type, criterion.parameter(), criterion.values());
  }

  private static Within within(ResourceKey focus, ResourceType type) {
    return new Within(
        SearchParameters.of(type).compartment(focus.type()),
        focus.reference(),
        focus.type() == type);
  }

  private static boolean isOutside(Iterable<Condition> conditions) {
    for (var condition : conditions) {
      if (condition instanceof Within within && within.references().isEmpty() && !within.itself()) {
        return true;
      }
    }
    return false;
  }
}
