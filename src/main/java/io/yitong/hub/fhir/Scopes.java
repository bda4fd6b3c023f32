package io.yitong.hub.fhir;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * SMART App Launch 2.x clinical scopes, {@code context/Type.cruds?parameter=value}. What is no
 * clinical scope, or one that is not written as the specification has it, grants nothing.
 */
public record Scopes(List<Scope> granted) {
  private static final Pattern CLINICAL =
      Pattern.compile(
          "(system|user|patient)/(\\*|[A-Z][A-Za-z]{0,63})\\.(c?r?u?d?s?)(?:\\?(.{1,512}))?");

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

  /** Whose data a scope is about. */
  public enum Context {
    /** What the client may see. */
    SYSTEM,
    /** What the person who uses it may see. */
    USER,
    /** The record of the one Patient in context; nothing without one. */
    PATIENT
  }

  /**
   * A search parameter by which a scope is narrowed.
   *
   * @param values one of which has to be met; as in a query string, unescaped
   */
  public record Criterion(String parameter, List<String> values) {
    public Criterion {
      values = List.copyOf(values);
    }

    @Override
    public String toString() {
      return parameter
          + "="
          + values.stream()
              .map(value -> URLEncoder.encode(value, StandardCharsets.UTF_8))
              .collect(Collectors.joining(","));
    }
  }

  /**
   * One scope.
   *
   * @param type empty for {@code *}
   * @param narrowed what a resource has to meet besides, all of it
   */
  public record Scope(
      Context context,
      Optional<ResourceType> type,
      Set<Permission> permissions,
      List<Criterion> narrowed) {
    public Scope {
      narrowed = List.copyOf(narrowed);
    }

    public boolean grants(ResourceType asked, Permission permission) {
      return permissions.contains(permission) && (type.isEmpty() || type.get() == asked);
    }

    /** As it is written in a token. */
    @Override
    public String toString() {
      var letters =
          Stream.of(Permission.values())
              .filter(permissions::contains)
              .map(permission -> String.valueOf(permission.letter))
              .collect(Collectors.joining());
      return context.name().toLowerCase(Locale.ROOT)
          + "/"
          + type.map(Enum::name).orElse("*")
          + "."
          + letters
          + (narrowed.isEmpty() ? "" : "?")
          + narrowed.stream().map(Criterion::toString).collect(Collectors.joining("&"));
    }
  }

  public Scopes {
    granted = List.copyOf(granted);
  }

  /** Everything; for the hub's own work only. */
  public static Scopes all() {
    return new Scopes(
        List.of(
            new Scope(Context.SYSTEM, Optional.empty(), Set.of(Permission.values()), List.of())));
  }

  /**
   * @param scope the token's {@code scope} claim: names parted by spaces
   */
  public static Scopes parse(String scope) {
    var granted = new ArrayList<Scope>();
    for (var name : scope.trim().split("\\s+", -1)) {
      parseOne(name).ifPresent(granted::add);
    }
    return new Scopes(granted);
  }

  private static Optional<Scope> parseOne(String name) {
    var match = CLINICAL.matcher(name);
    if (!match.matches() || match.group(3).isEmpty()) {
      return Optional.empty();
    }
    var type = typeNamed(match.group(2));
    var narrowed =
        match.group(4) == null ? Optional.of(List.<Criterion>of()) : criteria(match.group(4));
    if (narrowed.isEmpty() || type.isEmpty() && !match.group(2).equals("*")) {
      return Optional.empty();
    }
    var permissions =
        Stream.of(Permission.values())
            .filter(p -> match.group(3).indexOf(p.letter) >= 0)
            .collect(Collectors.toUnmodifiableSet());
    return Optional.of(
        new Scope(
            Context.valueOf(match.group(1).toUpperCase(Locale.ROOT)),
            type,
            permissions,
            narrowed.get()));
  }

  private static Optional<List<Criterion>> criteria(String query) {
    var criteria = new ArrayList<Criterion>();
    for (var part : query.split("&", -1)) {
      var equals = part.indexOf('=');
      if (equals < 1 || equals == part.length() - 1) {
        return Optional.empty();
      }
      try {
        var values = new ArrayList<String>();
        for (var value : part.substring(equals + 1).split(",", -1)) {
          values.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
        }
        criteria.add(new Criterion(part.substring(0, equals), values));
      } catch (IllegalArgumentException notEncoded) {
        return Optional.empty();
      }
    }
    return Optional.of(criteria);
  }

  /** Those by which {@code permission} on {@code type} is granted at all, narrowed ones too. */
  public List<Scope> granting(ResourceType type, Permission permission) {
    return granted.stream().filter(scope -> scope.grants(type, permission)).toList();
  }

  public boolean permits(ResourceType type, Permission permission) {
    for (var scope : granted) {
      if (scope.grants(type, permission)) {
        return true;
      }
    }
    return false;
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

  /** Whether some scope is narrower than its type: by a criterion, or to the Patient in context. */
  public boolean areNarrowed() {
    for (var scope : granted) {
      if (scope.context() == Context.PATIENT || !scope.narrowed().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The scopes as a token's claim has them. */
  @Override
  public String toString() {
    return granted.stream().map(Scope::toString).collect(Collectors.joining(" "));
  }

  private static Optional<ResourceType> typeNamed(String name) {
    return Stream.of(ResourceType.values()).filter(t -> t.name().equals(name)).findFirst();
  }
}
