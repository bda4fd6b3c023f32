package io.yitong.hub.search;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Reference;

/** References (3.1.1.4.12). */
final class References {
  private static final Pattern RELATIVE =
      Pattern.compile("([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(/_history/[^/]+)?");

  private final String base;

  /**
   * @param base of the server's addresses, ending in a slash
   */
  References(String base) {
    this.base = base;
  }

  boolean match(List<Base> values, Definition definition, String modifier, String raw) {
    if (modifier.equals("identifier")) {
      var identifiers =
          values.stream()
              .filter(Reference.class::isInstance)
              .map(value -> (Base) ((Reference) value).getIdentifier())
              .toList();
      return Tokens.match(identifiers, "", raw);
    }
    var asked = Syntax.plain(raw);
    if (!modifier.isEmpty()) {
      return leadsTo(values, modifier + "/" + asked);
    }
    var local = local(asked);
    if (local.isPresent()) {
      return leadsTo(values, local.get());
    }
    return values.stream()
        .flatMap(this::literal)
        .anyMatch(
            literal ->
                literal.equals(asked)
                    || isTarget(literal, definition, asked)
                    || isVersion(literal, asked));
  }

  private boolean leadsTo(List<Base> values, String key) {
    return values.stream().flatMap(this::targets).anyMatch(key::equals);
  }

  /** A bare id: of any type the parameter may lead to. */
  private boolean isTarget(String literal, Definition definition, String id) {
    return local(literal)
        .map(key -> key.split("/", -1))
        .filter(key -> key[1].equals(id))
        .filter(key -> definition.targets().isEmpty() || definition.targets().contains(key[0]))
        .isPresent();
  }

  /** A canonical reference to any version of what is asked for without one. */
  private static boolean isVersion(String literal, String asked) {
    return literal.startsWith(asked + "|");
  }

  /** Resources of this server, {@code Type/id}. */
  Stream<String> targets(Base value) {
    return literal(value).flatMap(literal -> local(literal).stream());
  }

  private Optional<String> local(String literal) {
    var match =
        RELATIVE.matcher(literal.startsWith(base) ? literal.substring(base.length()) : literal);
    return match.matches() ? Optional.of(match.group(1) + "/" + match.group(2)) : Optional.empty();
  }

  private Stream<String> literal(Base value) {
    if (value instanceof Reference reference) {
      return Stream.ofNullable(reference.getReference());
    }
    return value instanceof CanonicalType || value instanceof PrimitiveType<?>
        ? Stream.ofNullable(value.primitiveValue())
        : Stream.empty();
  }
}
