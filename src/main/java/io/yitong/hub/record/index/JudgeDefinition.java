package io.yitong.hub.record.index;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.ResourceType;

/** Says why a parameter defined at run time cannot be offered, before anybody relies on it. */
public final class JudgeDefinition {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

  /** What each kind is indexed from; a type outside would yield no entries, silently. */
  private static final Map<SearchParamType, Set<String>> VALUES =
      Map.of(
          SearchParamType.TOKEN,
              words(
                  "CodeableConcept Coding Identifier ContactPoint code boolean string id uri"
                      + " canonical url oid uuid"),
          SearchParamType.STRING,
              words("string markdown code id HumanName Address CodeableConcept Annotation"),
          SearchParamType.DATE, words("date dateTime instant Period Timing"),
          SearchParamType.REFERENCE, words("Reference canonical uri url"),
          SearchParamType.URI, words("uri url canonical oid uuid"),
          SearchParamType.NUMBER, words("integer decimal positiveInt unsignedInt Quantity Range"),
          SearchParamType.QUANTITY,
              words(
                  "Quantity Money Range Age Duration Distance Count SimpleQuantity MoneyQuantity"));

  private JudgeDefinition() {}

  /** Empty when it can be offered for the type. */
  public static Optional<String> objection(ResourceType type, Definition definition) {
    if (!NAME.matcher(definition.name()).matches()) {
      return Optional.of("code = " + definition.name());
    }
    var specified = SpecifiedParameters.of(type);
    if (specified.simple().containsKey(definition.name())
        || specified.composites().containsKey(definition.name())) {
      return Optional.of("code = %s: FHIR R4 defines it for %s".formatted(definition.name(), type));
    }
    var values = VALUES.get(definition.kind());
    if (values == null) {
      return Optional.of("type = " + definition.kind().toCode());
    }
    return path(type, definition)
        .map(path -> objection(type, definition, values, path))
        .orElseGet(
            () ->
                Optional.of(
                    "expression = %s: not understood, or nothing of it is of %s"
                        .formatted(definition.expression(), type)));
  }

  private static Optional<String> objection(
      ResourceType type, Definition definition, Set<String> values, ElementPath path) {
    var types = Places.types(type, path);
    if (types.isEmpty()) {
      return Optional.of(
          "expression = %s: %s has no such element".formatted(definition.expression(), type));
    }
    return types.stream().anyMatch(values::contains)
        ? Optional.empty()
        : Optional.of(
            "type = %s: %s yields %s"
                .formatted(
                    definition.kind().toCode(),
                    definition.expression(),
                    types.stream().sorted().collect(Collectors.joining(", "))));
  }

  private static Optional<ElementPath> path(ResourceType type, Definition definition) {
    try {
      return PathCompiler.compile(definition.expression(), type);
    } catch (NumberFormatException e) {
      return Optional.empty(); // an index that is no number
    }
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
  }
}
