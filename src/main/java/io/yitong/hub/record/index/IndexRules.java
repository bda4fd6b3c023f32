package io.yitong.hub.record.index;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What this release's rules of indexing are, and how far what is stored is behind them. A parameter
 * whose rules have changed since what is stored was indexed cannot be asked for until it is indexed
 * anew: a search would be half right.
 *
 * <p>Whoever changes what a resource is found by adds a {@link Change}; a test tells when that is
 * forgotten. Whose record a resource belongs to (the column {@code patient}) is part of who may see
 * it: a change of that is a migration of its own, not one of these.
 */
public final class IndexRules {
  /**
   * @param version of the rules, from which on it is so
   * @param types of which resources are found by something else than before; all when empty
   * @param parameters of these types; all when empty
   */
  record Change(int version, Set<ResourceType> types, Set<String> parameters) {
    boolean concerns(ResourceType type, String parameter) {
      return (types.isEmpty() || types.contains(type))
          && (parameters.isEmpty() || parameters.contains(parameter));
    }
  }

  private static final List<Change> CHANGES =
      List.of(
          new Change(1, Set.of(), Set.of()),
          // Sensitive categories, by which a row is judged and not searched.
          new Change(2, Set.of(), Set.of("_security")));

  /** Of this release. */
  public static final int VERSION = CHANGES.get(CHANGES.size() - 1).version();

  private static volatile Stored stored = new Stored(VERSION, VERSION, "");

  /**
   * What the database says.
   *
   * @param version by which everything is indexed
   * @param wanted by which it is being indexed
   * @param progress of that, in words; empty when nothing is going on
   */
  public record Stored(int version, int wanted, String progress) {
    /** Whether a newer release has taken over. */
    public boolean isAhead() {
      return wanted > VERSION;
    }

    public boolean isBehind() {
      return version < VERSION;
    }
  }

  private IndexRules() {}

  /** As known to this process; parameters have to be defined anew when it changes. */
  public static Stored stored() {
    return stored;
  }

  public static void tell(Stored now) {
    stored = now;
  }

  /** Those of which something has to be indexed anew. */
  public static Set<ResourceType> typesChangedSince(int version, Collection<ResourceType> all) {
    var changed = EnumSet.noneOf(ResourceType.class);
    since(version)
        .forEach(change -> changed.addAll(change.types().isEmpty() ? all : change.types()));
    return changed;
  }

  /** Which of the names cannot be asked for yet. */
  static Set<String> notReady(ResourceType type, Collection<String> names) {
    var now = stored;
    if (now.isAhead()) {
      return Set.copyOf(names);
    }
    return names.stream()
        .filter(name -> since(now.version()).anyMatch(change -> change.concerns(type, name)))
        .collect(Collectors.toUnmodifiableSet());
  }

  static Optional<String> progress(ResourceType type, String name) {
    return SearchParameters.of(type).rebuilding().contains(name)
        ? Optional.of(stored.progress())
        : Optional.empty();
  }

  private static Stream<Change> since(int version) {
    return CHANGES.stream().filter(change -> change.version() > version);
  }
}
