package io.yitong.hub.fhir;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * SMART App Launch 2.x clinical scopes, {@code context/Type.cruds}. A scope with a search
 * restriction ({@code ?category=…}) grants nothing here: it is narrower than what could be
 * enforced, and nothing is allowed by omission.
 */
public record Scopes(List<Scope> granted) {
  private static final Pattern CLINICAL =
      Pattern.compile("(system|user|patient)/(\\*|[A-Z][A-Za-z]+)\\.(c?r?u?d?s?)");

  /** The letters of {@code cruds}. */
  public enum Permission {
    CREATE('c'),
    READ('r'),
    UPDATE('u'),
    DELETE('d'),
    SEARCH('s');

    private final char letter;

    Permission(char letter) {
      this.letter = letter;
    }
  }

  /**
   * One scope.
   *
   * @param type empty for {@code *}
   */
  public record Scope(Optional<ResourceType> type, Set<Permission> permissions) {}

  public Scopes {
    granted = List.copyOf(granted);
  }

  /** Everything; for the hub's own work only. */
  public static Scopes all() {
    return new Scopes(List.of(new Scope(Optional.empty(), Set.of(Permission.values()))));
  }

  /**
   * @param scope the token's {@code scope} claim: names parted by spaces; what is no clinical scope
   *     is ignored
   */
  public static Scopes parse(String scope) {
    var granted = new ArrayList<Scope>();
    for (var name : scope.trim().split("\\s+", -1)) {
      var match = CLINICAL.matcher(name);
      if (match.matches() && !match.group(3).isEmpty()) {
        var permissions =
            Stream.of(Permission.values())
                .filter(p -> match.group(3).indexOf(p.letter) >= 0)
                .collect(Collectors.toUnmodifiableSet());
        if (match.group(2).equals("*")) {
          granted.add(new Scope(Optional.empty(), permissions));
        } else {
          typeNamed(match.group(2))
              .ifPresent(type -> granted.add(new Scope(Optional.of(type), permissions)));
        }
      }
    }
    return new Scopes(granted);
  }

  public boolean permits(ResourceType type, Permission permission) {
    return granted.stream()
        .anyMatch(
            scope ->
                scope.permissions().contains(permission)
                    && (scope.type().isEmpty() || scope.type().get() == type));
  }

  /** The types this caller may see at all, whatever the way (search, include, chain, history). */
  public Set<ResourceType> visibleTypes(Permission permission) {
    var types = EnumSet.noneOf(ResourceType.class);
    for (var scope : granted) {
      if (scope.permissions().contains(permission)) {
        if (scope.type().isEmpty()) {
          return EnumSet.allOf(ResourceType.class);
        }
        types.add(scope.type().get());
      }
    }
    return types;
  }

  private static Optional<ResourceType> typeNamed(String name) {
    return Stream.of(ResourceType.values()).filter(t -> t.name().equals(name)).findFirst();
  }
}
