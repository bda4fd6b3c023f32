package io.yitong.hub.record.visibility;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Extent;
import io.yitong.hub.fhir.Scopes.Criterion;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Scopes that open a part of a type only, as a condition. A criterion is a token search parameter
 * of the type with plain values; a scope with any other opens nothing: what cannot be enforced is
 * not granted.
 */
final class Extents {
  private Extents() {}

  static Sql of(ReadFilter filter, String alias) {
    var sql = Sql.of("(true");
    filter
        .extents()
        .forEach(
            (type, extents) ->
                sql.add(" and (" + alias + ".type <> ? or ", TypeCodes.of(type))
                    .add(anyOf(type, extents, alias))
                    .add(")"));
    return sql.add(")");
  }

  private static Sql anyOf(ResourceType type, List<Extent> extents, String alias) {
    var sql = Sql.of("(false");
    extents.forEach(extent -> of(type, extent, alias).ifPresent(part -> sql.add(" or ").add(part)));
    return sql.add(")");
  }

  /** Empty when it cannot be enforced. */
  private static Optional<Sql> of(ResourceType type, Extent extent, String alias) {
    var sql = Sql.of("(true");
    extent
        .patient()
        .ifPresent(
            patient ->
                sql.add(" and (" + alias + ".patient = any(")
                    .add(Visibility.patientsOf(patient))
                    .add(") or ")
                    .add(Visibility.referenceData(alias))
                    .add(")"));
    for (var criterion : extent.criteria()) {
      var keys = keys(type, criterion);
      if (keys.isEmpty()) {
        return Optional.empty();
      }
      sql.add(" and arrayoverlap(" + alias + ".keys, ?)", keys.get());
    }
    return Optional.of(sql.add(")"));
  }

  /** Of which a row that meets the criterion holds one; empty for a criterion that is none. */
  static Optional<long[]> keys(ResourceType type, Criterion criterion) {
    return SearchParameters.of(type)
        .named(criterion.parameter())
        .filter(parameter -> parameter.kind() == SearchParamType.TOKEN)
        .filter(parameter -> criterion.values().stream().allMatch(Extents::isPlain))
        .map(
            parameter ->
                parameter.entries().stream()
                    .flatMapToLong(
                        entry ->
                            criterion.values().stream().flatMapToLong(value -> key(entry, value)))
                    .toArray());
  }

  private static boolean isPlain(String value) {
    return !value.isEmpty() && value.indexOf('\\') < 0 && !value.equals("|");
  }

  private static LongStream key(SearchParameter parameter, String value) {
    var bar = value.indexOf('|');
    if (bar < 0) {
      return LongStream.of(parameter.codeKey(value));
    }
    var system = value.substring(0, bar);
    var code = value.substring(bar + 1);
    return LongStream.of(
        code.isEmpty() ? parameter.systemKey(system) : parameter.systemAndCodeKey(system, code));
  }
}
