package io.yitong.hub.search;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Identifier;

/** Codes, identifiers and flags (3.1.1.4.10). */
final class Tokens {
  private Tokens() {}

  /** A code of a value; either part may be absent. */
  record Code(String system, String code) {}

  /**
   * @param modifier empty or {@code text} or {@code of-type}; {@code not} and the value sets are
   *     the caller's
   */
  static boolean match(List<Base> values, String modifier, String raw) {
    var parts = Syntax.split(raw, '|').stream().map(Syntax::plain).toList();
    return switch (modifier) {
      case "" -> values.stream().flatMap(Tokens::codes).anyMatch(matching(parts));
      case "text" -> {
        var asked = Syntax.plain(raw);
        yield values.stream()
            .flatMap(Tokens::texts)
            .filter(Objects::nonNull)
            .anyMatch(text -> Strings.match(text, "", asked));
      }
      case "of-type" -> values.stream().anyMatch(value -> ofType(value, parts));
      default -> throw new IllegalArgumentException(modifier);
    };
  }

  private static Predicate<Code> matching(List<String> parts) {
    if (parts.size() == 1) {
      return held -> parts.get(0).equals(held.code());
    }
    var system = parts.get(0).isEmpty() ? null : parts.get(0);
    var code = parts.get(1);
    if (code.isEmpty()) {
      return held -> Objects.equals(system, held.system());
    }
    return held -> code.equals(held.code()) && Objects.equals(system, held.system());
  }

  static Stream<Code> codes(Base value) {
    if (value instanceof CodeableConcept concept) {
      return concept.getCoding().stream().flatMap(Tokens::codes);
    }
    if (value instanceof Coding coding) {
      return Stream.of(new Code(coding.getSystem(), coding.getCode()));
    }
    if (value instanceof Identifier identifier) {
      return Stream.of(new Code(identifier.getSystem(), identifier.getValue()));
    }
    if (value instanceof ContactPoint contact) {
      return Stream.of(new Code(null, contact.getValue()));
    }
    if (value instanceof Enumeration<?> code) {
      return Stream.of(new Code(code.getSystem(), code.asStringValue()));
    }
    return value.isPrimitive() ? Stream.of(new Code(null, value.primitiveValue())) : Stream.empty();
  }

  private static Stream<String> texts(Base value) {
    if (value instanceof CodeableConcept concept) {
      return Stream.concat(
          Stream.ofNullable(concept.getText()),
          concept.getCoding().stream().map(Coding::getDisplay));
    }
    if (value instanceof Coding coding) {
      return Stream.ofNullable(coding.getDisplay());
    }
    return value instanceof Identifier identifier
        ? Stream.ofNullable(identifier.getType().getText())
        : Stream.empty();
  }

  private static boolean ofType(Base value, List<String> parts) {
    return value instanceof Identifier identifier
        && parts.get(2).equals(identifier.getValue())
        && identifier.getType().getCoding().stream()
            .anyMatch(
                type ->
                    parts.get(0).equals(type.getSystem()) && parts.get(1).equals(type.getCode()));
  }
}
