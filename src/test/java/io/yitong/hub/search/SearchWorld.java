package io.yitong.hub.search;

import io.yitong.hub.search.Moments.Approximation;
import io.yitong.hub.search.Query.Parameter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The search rules of FHIR R4 (3.1.1) over a handful of resources: every criterion is tried on
 * every resource. Slow, plain, and of no class in common with what it is compared with.
 */
public final class SearchWorld {
  /** About the answer, not about what is found. */
  private static final Set<String> NO_CRITERIA =
      Set.of(
          "_sort",
          "_count",
          "_total",
          "_summary",
          "_elements",
          "_include",
          "_include:iterate",
          "_revinclude",
          "_revinclude:iterate",
          "_type",
          "_contained",
          "_containedType");

  private static final Pattern APPROXIMATE_DATE = Pattern.compile("ap ?\\d{4}(\\D|$)");

  private final World world;

  public SearchWorld(World world) {
    this.world = world;
  }

  public World world() {
    return world;
  }

  /** What must be found: {@code Type/id}. */
  public Set<String> least(Query query) {
    return matches(query, Approximation.LEAST);
  }

  /** What may be found; the same except where the specification leaves a choice. */
  public Set<String> most(Query query) {
    return query.parameters().stream()
            .anyMatch(parameter -> APPROXIMATE_DATE.matcher(parameter.value()).find())
        ? matches(query, Approximation.MOST)
        : matches(query, Approximation.LEAST);
  }

  private Set<String> matches(Query query, Approximation approximation) {
    var matching = new Matching(world, approximation);
    var byItself = query.all("_containedType").contains("contained");
    return among(query).stream()
        .filter(inCompartment(query, matching))
        .filter(
            held ->
                query.parameters().stream()
                    .filter(parameter -> !NO_CRITERIA.contains(parameter.name()))
                    .allMatch(parameter -> matches(held, parameter, matching)))
        .map(held -> byItself ? held : held.container().orElse(held))
        .map(Held::reference)
        .collect(Collectors.toSet());
  }

  private static boolean matches(Held held, Parameter parameter, Matching matching) {
    return matching.match(held, parameter.name(), parameter.value());
  }

  private Collection<Held> among(Query query) {
    var type = query.path().substring(query.path().lastIndexOf('/') + 1);
    var types =
        query.all("_type").stream().flatMap(value -> Matching.types(value).stream()).toList();
    return all(query)
        .filter(held -> type.isEmpty() || type.equals("*") || held.type().equals(type))
        .filter(held -> types.isEmpty() || types.contains(held.type()))
        .toList();
  }

  /** What stands in others only where that is asked for (3.1.1.5.5). */
  private Stream<Held> all(Query query) {
    var contained = query.all("_contained");
    var inside = world.all().stream().flatMap(Held::contained);
    if (contained.contains("true")) {
      return inside;
    }
    return contained.contains("both")
        ? Stream.concat(world.all().stream(), inside)
        : world.all().stream();
  }

  private static Predicate<Held> inCompartment(Query query, Matching matching) {
    var end = query.path().lastIndexOf('/');
    return end < 0
        ? held -> true
        : held -> matching.isInCompartment(held, query.path().substring(0, end));
  }

  public Optional<Held> get(String reference) {
    return world.get(reference);
  }

  /** What the values of a reference parameter lead to. */
  public List<Held> targets(Held from, Definition definition) {
    return world.targets(from, definition).toList();
  }
}
