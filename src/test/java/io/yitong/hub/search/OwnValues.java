package io.yitong.hub.search;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;

/** What a resource must be found by: every value it has, asked for as it stands. */
public final class OwnValues {
  private OwnValues() {}

  /** Values of a query for one parameter; each must find the resource. */
  public static List<String> of(Held held, Definition definition) {
    return switch (definition.kind()) {
      case "composite" ->
          Paths.select(held.resource(), held.resource(), definition.expression()).stream()
              .flatMap(element -> composite(held, element, definition))
              .distinct()
              .toList();
      case "special" -> List.of();
      default ->
          held.values(definition).stream()
              .flatMap(value -> of(definition, value))
              .distinct()
              .toList();
    };
  }

  private static Stream<String> composite(Held held, Base element, Definition definition) {
    var parts = Stream.of("");
    for (var i = 0; i < definition.components().size(); i++) {
      var component = definition.components().get(i);
      var own =
          Paths.select(held.resource(), element, component.expression()).stream()
              .flatMap(value -> of(Definitions.at(component.definition()), value))
              .toList();
      var separator = i == 0 ? "" : "$";
      parts = parts.flatMap(before -> own.stream().map(value -> before + separator + value));
    }
    return parts;
  }

  private static Stream<String> of(Definition definition, Base value) {
    return switch (definition.kind()) {
      case "token" -> Tokens.codes(value).flatMap(OwnValues::token);
      case "string" ->
          Strings.texts(value).filter(text -> text != null && !text.isBlank()).map(Syntax::escaped);
      case "date" -> dates(value);
      case "number" ->
          value instanceof PrimitiveType<?> ? Stream.of(value.primitiveValue()) : Stream.empty();
      case "quantity" -> value instanceof Quantity quantity ? quantity(quantity) : Stream.empty();
      case "reference" ->
          value instanceof Reference reference
              ? Stream.ofNullable(reference.getReference())
                  .filter(literal -> literal.indexOf('/') > 0 || literal.indexOf(':') > 0)
                  .map(Syntax::escaped)
              : Stream.ofNullable(value.primitiveValue()).map(Syntax::escaped);
      default -> Stream.ofNullable(value.primitiveValue()).map(Syntax::escaped);
    };
  }

  private static Stream<String> token(Tokens.Code code) {
    if (code.code() == null) {
      return code.system() == null
          ? Stream.empty()
          : Stream.of(Syntax.escaped(code.system()) + "|");
    }
    var bare = Syntax.escaped(code.code());
    return code.system() == null
        ? Stream.of(bare)
        : Stream.of(bare, Syntax.escaped(code.system()) + "|" + bare);
  }

  private static Stream<String> dates(Base value) {
    if (value instanceof Period period) {
      return Stream.concat(
          Stream.ofNullable(period.getStartElement().getValueAsString()).map(start -> "ge" + start),
          Stream.ofNullable(period.getEndElement().getValueAsString()).map(end -> "le" + end));
    }
    if (value instanceof Timing timing) {
      return timing.getEvent().stream()
          .map(event -> event.getValueAsString())
          .filter(Objects::nonNull)
          .map(event -> "ge" + event);
    }
    return value.isPrimitive() ? Stream.ofNullable(value.primitiveValue()) : Stream.empty();
  }

  private static Stream<String> quantity(Quantity quantity) {
    if (!quantity.hasValue() || quantity.hasComparator()) {
      return Stream.empty();
    }
    var number = quantity.getValue().toPlainString();
    if (!quantity.hasCode()) {
      return quantity.hasUnit()
          ? Stream.of(number, number + "||" + Syntax.escaped(quantity.getUnit()))
          : Stream.of(number);
    }
    var code = Syntax.escaped(quantity.getCode());
    return quantity.hasSystem()
        ? Stream.of(number, number + "|" + Syntax.escaped(quantity.getSystem()) + "|" + code)
        : Stream.of(number, number + "||" + code);
  }
}
