package io.yitong.hub.record.search;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery.Include;
import io.yitong.hub.record.search.include.Included;
import io.yitong.hub.record.search.include.References;
import io.yitong.hub.record.search.include.Referring;
import java.sql.Connection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@code _include} and {@code _revinclude} bring beside the matches (FHIR R4, 3.1.1.5.4),
 * under the same filter as the matches. With {@code :iterate} what was brought is looked into as
 * well, until it brings nothing new: a circle of references is walked once.
 */
final class Includes {
  private static final int MOST = 1000;
  private static final int ROUNDS = 10;

  private final List<Step> steps;
  private final String hubBase;

  private record Step(Included path, boolean reverse, boolean iterate) {}

  /**
   * @param all false when there was more than a page may bring
   */
  record Found(List<StoredResource> resources, boolean all) {}

  private Includes(List<Step> steps, String hubBase) {
    this.steps = List.copyOf(steps);
    this.hubBase = hubBase;
  }

  static Includes of(SearchQuery query, String hubBase) {
    return new Includes(
        Stream.concat(
                query.includes().stream().map(include -> step("_include", include, false)),
                query.revIncludes().stream().map(include -> step("_revinclude", include, true)))
            .toList(),
        hubBase);
  }

  static void check(Include include) {
    step("_include", include, false);
  }

  private static Step step(String name, Include include, boolean reverse) {
    return new Step(Included.parse(name, include.path()), reverse, include.iterate());
  }

  /** No resource twice, and none of the matches. */
  Found of(List<StoredResource> matches, ReadFilter filter, Connection connection) {
    var known = new LinkedHashMap<ResourceKey, StoredResource>();
    matches.forEach(match -> known.put(match.key(), match));
    var fresh = matches;
    var all = true;
    for (var round = 0; round < ROUNDS && !fresh.isEmpty() && all; round++) {
      var found = new LinkedHashMap<ResourceKey, StoredResource>();
      for (var step : steps) {
        if (round == 0 || step.iterate()) {
          bring(step, fresh, filter, connection).stream()
              .filter(resource -> !resource.deleted() && !known.containsKey(resource.key()))
              .forEach(resource -> found.putIfAbsent(resource.key(), resource));
        }
      }
      all = known.size() - matches.size() + found.size() <= MOST;
      found.values().stream()
          .limit(MOST - (known.size() - matches.size()))
          .forEach(resource -> known.put(resource.key(), resource));
      fresh = List.copyOf(found.values());
    }
    return new Found(known.values().stream().skip(matches.size()).toList(), all);
  }

  private List<StoredResource> bring(
      Step step, List<StoredResource> from, ReadFilter filter, Connection connection) {
    return step.reverse()
        ? Referring.to(from, step.path(), MOST + 1, filter, connection)
        : new References(step.path(), hubBase).of(from, MOST + 1, filter, connection);
  }
}
