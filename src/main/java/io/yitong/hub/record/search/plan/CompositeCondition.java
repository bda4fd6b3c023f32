package io.yitong.hub.record.search.plan;

import io.yitong.hub.record.index.NormalisedText;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.search.criteria.Condition;
import io.yitong.hub.record.search.criteria.Condition.All;
import io.yitong.hub.record.search.criteria.Condition.Valued;
import io.yitong.hub.record.search.criteria.Modifier;
import io.yitong.hub.record.search.criteria.Values;
import io.yitong.hub.record.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Composites (FHIR R4, 3.1.1.4.13): all parts are met by the same element. Where that element is
 * the resource itself, its ordinary parameters answer; repeated elements have rows of their own.
 */
final class CompositeCondition {
  private CompositeCondition() {}

  /** The part of the answer that ordinary parameters give. */
  static Optional<Condition> ofResource(SearchParameter composite, String value) {
    var parameters = composite.composite().orElseThrow().ofResource();
    if (parameters.isEmpty()) {
      return Optional.empty();
    }
    var parts = Values.parted(value, '$');
    var conditions = new ArrayList<Condition>();
    for (var i = 0; i < parts.size(); i++) {
      conditions.add(new Valued(parameters.get(i), Modifier.NONE, List.of(parts.get(i))));
    }
    return Optional.of(new All(conditions));
  }

  static Optional<Sql> ofGroups(
      SearchParameter parameter, String value, String alias, String end, Scope scope) {
    var composite = parameter.composite().orElseThrow();
    if (composite.groups().isEmpty()) {
      return Optional.empty();
    }
    var parts = Values.parted(value, '$');
    var conditions = new ArrayList<Sql>();
    for (var i = 0; i < parts.size(); i++) {
      conditions.add(part(composite.components().get(i), parts.get(i), i + 1, scope));
    }
    return Optional.of(
        Sql.of(
                "exists (select 1 from index_group i where i.rid = "
                    + alias
                    + ".rid and i.parameter = ? and ",
                parameter.code())
            .add(Alternatives.allOf(conditions))
            .add(end));
  }

  /**
   * @param place of the component, from 1, in the arrays of the row
   */
  private static Sql part(SearchParameter component, String value, int place, Scope scope) {
    var plain = new Valued(component, Modifier.NONE, List.of(value));
    return switch (component.kind()) {
      case TOKEN, REFERENCE, URI -> Sql.of("i.keys && ?", (Object) KeyCondition.keys(plain, scope));
      case NUMBER, QUANTITY ->
          QuantityCondition.one(component.name(), value, columns(component, place));
      case DATE ->
          DateCondition.one(
              plain,
              value,
              "to_timestamp(i.low[%d]::float8)".formatted(place),
              "to_timestamp(coalesce(i.high[%d], i.low[%d])::float8)".formatted(place, place));
      default ->
          Sql.of(
              "starts_with(i.texts[" + place + "], ?)", NormalisedText.of(Values.unescaped(value)));
    };
  }

  private static QuantityCondition.Columns columns(SearchParameter component, int place) {
    var key = "i.keys @> array[?::bigint # (" + component.hash() + "::bigint)]";
    return new QuantityCondition.Columns(
        QuantityCondition.Ends.of("i.%s[" + place + "]", false),
        QuantityCondition.Ends.of("i.%s[" + place + "]", true),
        key,
        key);
  }
}
