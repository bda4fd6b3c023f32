package io.yitong.hub.search;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** {@code _include} and {@code _revinclude}, with {@code *} and {@code :iterate} (3.1.1.5.4). */
public final class Inclusion {
  private final World world;
  private final Query query;

  public Inclusion(World world, Query query) {
    this.world = world;
    this.query = query;
  }

  /** What a page brings beside its matches. */
  public Set<String> of(Collection<String> matches) {
    var found = new LinkedHashSet<String>();
    for (var match : held(matches)) {
      brought(match, "").forEach(found::add);
    }
    // Only what is said to be repeated goes on from what was brought.
    var fresh = new LinkedHashSet<>(found);
    fresh.addAll(matches);
    while (!fresh.isEmpty()) {
      var next = new LinkedHashSet<String>();
      for (var each : held(fresh)) {
        brought(each, ":iterate").filter(found::add).forEach(next::add);
      }
      fresh = next;
    }
    found.removeAll(Set.copyOf(matches));
    return found;
  }

  private List<Held> held(Collection<String> references) {
    return references.stream().flatMap(reference -> world.get(reference).stream()).toList();
  }

  private Stream<String> brought(Held from, String modifier) {
    return Stream.concat(
        query.all("_include" + modifier).stream().flatMap(value -> forward(from, value)),
        query.all("_revinclude" + modifier).stream().flatMap(value -> backward(from, value)));
  }

  private Stream<String> forward(Held from, String value) {
    var parts = parts(value);
    if (!parts[0].equals("*") && !parts[0].equals(from.type())) {
      return Stream.empty();
    }
    return parameters(from.type(), parts)
        .flatMap(
            definition ->
                world.targets(from, definition).filter(held -> mayBe(held.type(), definition)))
        .filter(held -> parts[2].isEmpty() || held.type().equals(parts[2]))
        .map(Held::reference);
  }

  private Stream<String> backward(Held to, String value) {
    var parts = parts(value);
    if (!parts[2].isEmpty() && !parts[2].equals(to.type())) {
      return Stream.empty();
    }
    return world.all().stream()
        .filter(held -> parts[0].equals("*") || held.type().equals(parts[0]))
        .filter(
            held ->
                parameters(held.type(), parts)
                    .filter(definition -> mayBe(to.type(), definition))
                    .anyMatch(definition -> world.targets(held, definition).anyMatch(to::equals)))
        .map(Held::reference);
  }

  private static boolean mayBe(String target, Definition definition) {
    return definition.targets().isEmpty() || definition.targets().contains(target);
  }

  private static Stream<Definition> parameters(String type, String[] parts) {
    return Definitions.of(type).stream()
        .filter(definition -> definition.kind().equals("reference"))
        .filter(definition -> parts[1].equals("*") || definition.code().equals(parts[1]));
  }

  /** Source type, parameter, target type or empty. */
  private static String[] parts(String value) {
    var parts = value.split(":", 3);
    return new String[] {
      parts[0], parts.length > 1 ? parts[1] : "*", parts.length > 2 ? parts[2] : ""
    };
  }
}
