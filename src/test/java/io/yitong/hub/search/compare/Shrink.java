package io.yitong.hub.search.compare;

import io.yitong.hub.search.Query;
import io.yitong.hub.search.Query.Parameter;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes a failing query smaller as long as it fails. */
final class Shrink {
  private Shrink() {}

  static Difference smallest(Difference difference, Function<Query, Optional<Difference>> again) {
    var smallest = difference;
    var smaller = Optional.of(difference);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = smaller(smallest.query()).flatMap(query -> again.apply(query).stream()).findFirst();
    }
    return smallest;
  }

  /**
   * Without a parameter, without an alternative. What confines the query to the test's data stays.
   */
  private static Stream<Query> smaller(Query query) {
    var queries = new ArrayList<Query>();
    for (var parameter : query.parameters()) {
      if (!isConfinement(parameter)) {
        queries.add(query.without(parameter));
        alternatives(parameter).forEach(each -> queries.add(query.replacing(parameter, each)));
      }
    }
    return queries.stream();
  }

  private static boolean isConfinement(Parameter parameter) {
    return parameter.name().equals("_tag") && parameter.value().startsWith("urn:yitong:test:");
  }

  private static Stream<Parameter> alternatives(Parameter parameter) {
    var parts = parameter.value().split("(?<!\\\\),", -1);
    return parts.length < 2
        ? Stream.empty()
        : Stream.of(parts).map(part -> new Parameter(parameter.name(), part));
  }
}
