package io.yitong.hub.record.search.criteria;

import io.yitong.hub.record.index.SearchParameter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * How the values of a criterion are compared (FHIR R4, 3.1.1.4.1).
 *
 * @param target for {@code :Patient} and the like
 */
public record Modifier(Kind kind, Optional<ResourceType> target) {
  /** The suffixes of the specification, and comparisons that only {@code _filter} can ask. */
  public enum Kind {
    NONE(""),
    EXACT("exact"),
    CONTAINS("contains"),
    TEXT("text"),
    NOT("not"),
    ABOVE("above"),
    BELOW("below"),
    IN("in"),
    NOT_IN("not-in"),
    OF_TYPE("of-type"),
    IDENTIFIER("identifier"),
    TYPE("[type]"),
    /** A text that is this one, normalised. */
    EQUALS("eq"),
    /** A text that is another one, normalised. */
    DIFFERS("ne"),
    /** A text that ends so. */
    ENDS("ew"),
    /** A period that shares some time. */
    OVERLAPS("po");

    private final String suffix;

    Kind(String suffix) {
      this.suffix = suffix;
    }
  }

  public static final Modifier NONE = of(Kind.NONE);

  private static final Map<SearchParamType, Set<Kind>> TAKEN = new EnumMap<>(SearchParamType.class);

  static {
    TAKEN.put(
        SearchParamType.TOKEN,
        EnumSet.of(
            Kind.NONE,
            Kind.TEXT,
            Kind.NOT,
            Kind.ABOVE,
            Kind.BELOW,
            Kind.IN,
            Kind.NOT_IN,
            Kind.OF_TYPE));
    TAKEN.put(
        SearchParamType.REFERENCE,
        EnumSet.of(Kind.NONE, Kind.IDENTIFIER, Kind.ABOVE, Kind.BELOW, Kind.TYPE));
    TAKEN.put(SearchParamType.STRING, EnumSet.of(Kind.NONE, Kind.EXACT, Kind.CONTAINS));
    TAKEN.put(SearchParamType.URI, EnumSet.of(Kind.NONE, Kind.ABOVE, Kind.BELOW));
  }

  public static Modifier of(Kind kind) {
    return new Modifier(kind, Optional.empty());
  }

  /** Empty when a parameter of this kind does not take it. */
  static Optional<Modifier> read(String suffix, SearchParameter parameter) {
    var taken = TAKEN.getOrDefault(parameter.kind(), EnumSet.of(Kind.NONE));
    if (taken.contains(Kind.TYPE)) {
      var target =
          Types.named(suffix)
              .filter(type -> parameter.targets().isEmpty() || parameter.targets().contains(type));
      if (target.isPresent()) {
        return Optional.of(new Modifier(Kind.TYPE, target));
      }
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.TYPE && kind.suffix.equals(suffix))
        .filter(taken::contains)
        .findFirst()
        .map(Modifier::of);
  }
}
