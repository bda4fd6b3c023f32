package io.yitong.hub.search.generate;

import io.yitong.hub.search.Definition;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Timing;

/** A value to ask for, made from one that is held, so that it often hits and often just misses. */
final class GenerateValue {
  private final Dice dice;
  private final Pools pools;
  private final Set<Family> families;
  private final String base;

  GenerateValue(Dice dice, Set<Family> families, String base) {
    this.dice = dice;
    this.pools = new Pools(dice, families);
    this.families = families;
    this.base = base;
  }

  /** Escapes in place; no modifier. */
  String of(Definition definition, Base held) {
    return switch (definition.kind()) {
      case "token" -> token(held);
      case "string" -> string(held);
      case "date" -> date(held);
      case "number" -> number(held);
      case "quantity" -> quantity(held);
      case "reference" -> reference(definition, held);
      default -> escaped(held.primitiveValue());
    };
  }

  static String escaped(String plain) {
    return plain.replaceAll("[\\\\,|$]", "\\\\$0");
  }

  String token(Base held) {
    var code = code(held);
    if (code.length == 1) {
      return escaped(code[0]);
    }
    var system = code[0] == null ? "" : code[0];
    if (code[1] == null) {
      return families.contains(Family.TOKEN_OF_SYSTEM)
          ? escaped(system) + "|"
          : escaped(system) + "|" + escaped(dice.one(Pools.CODES));
    }
    return switch (dice.below(6)) {
      case 0 ->
          system.isEmpty() || !families.contains(Family.TOKEN_OF_SYSTEM)
              ? escaped(code[1])
              : escaped(system) + "|";
      case 1 -> "|" + escaped(code[1]);
      case 2 -> escaped(dice.one(Pools.SYSTEMS)) + "|" + escaped(code[1]);
      case 3 -> escaped(code[1]);
      default -> escaped(system) + "|" + escaped(code[1]);
    };
  }

  /** One part when a system says nothing there. */
  private String[] code(Base held) {
    if (held instanceof CodeableConcept concept) {
      return concept.hasCoding()
          ? code(dice.one(concept.getCoding()))
          : new String[] {dice.one(Pools.CODES)};
    }
    if (held instanceof Coding coding) {
      return new String[] {coding.getSystem(), coding.getCode()};
    }
    if (held instanceof Identifier identifier) {
      return new String[] {identifier.getSystem(), identifier.getValue()};
    }
    if (held instanceof Enumeration<?> code && dice.onceIn(3)) {
      return new String[] {escaped(code.getSystem()) + "|" + code.asStringValue()};
    }
    if (held instanceof org.hl7.fhir.r4.model.ContactPoint contact) {
      return new String[] {contact.getValue()};
    }
    return new String[] {held.primitiveValue()};
  }

  String string(Base held) {
    var text = text(held);
    var end = text.offsetByCodePoints(0, 1 + dice.below(text.codePointCount(0, text.length())));
    var part = dice.onceIn(2) ? text : text.substring(0, end).strip();
    return escaped(
        switch (dice.below(4)) {
          case 0 -> part.toUpperCase(Locale.ROOT);
          case 1 -> part.toLowerCase(Locale.ROOT);
          default -> part;
        });
  }

  String text(Base held) {
    if (held instanceof HumanName name) {
      return name.hasFamily() ? name.getFamily() : name.getGiven().get(0).getValue();
    }
    if (held instanceof Address address) {
      return dice.one(address.getCity(), address.getCountry(), address.getLine().get(0).getValue());
    }
    return held.primitiveValue();
  }

  String date(Base held) {
    var prefix = dice.one("", "", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap");
    if (prefix.equals("ap") && !families.contains(Family.APPROXIMATE_DATE)) {
      prefix = "";
    }
    return prefix + moment(held);
  }

  private String moment(Base held) {
    var text = dice.onceIn(4) ? pools.time() : written(held);
    return switch (dice.below(6)) {
      case 0 -> text.substring(0, 4);
      case 1 -> text.length() >= 10 ? text.substring(0, 10) : text;
      case 2 -> text.length() >= 19 ? text.substring(0, 16) : text;
      case 3 ->
          text.length() >= 19
              ? text.substring(0, 16) + text.replaceAll("^.{19}(\\.\\d+)?", "")
              : text;
      case 4 -> text.length() >= 19 ? text.substring(0, 19) : text;
      default -> text;
    };
  }

  private String written(Base held) {
    if (held instanceof BaseDateTimeType moment && moment.hasValue()) {
      return moment.getValueAsString();
    }
    if (held instanceof Period period) {
      return written(period.hasStart() ? period.getStartElement() : period.getEndElement());
    }
    if (held instanceof Timing timing && timing.hasEvent()) {
      return written(timing.getEvent().get(dice.below(timing.getEvent().size())));
    }
    return pools.time();
  }

  private String numberPrefix() {
    return dice.one("", "", "", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap");
  }

  String number(Base held) {
    var number =
        held.isPrimitive() && !dice.onceIn(3) ? held.primitiveValue() : dice.one(Pools.DECIMALS);
    return numberPrefix() + less(new BigDecimal(number));
  }

  /** The number, or with a digit less. */
  private String less(BigDecimal number) {
    return number.scale() > 0 && dice.onceIn(3)
        ? number.setScale(number.scale() - 1, RoundingMode.HALF_EVEN).toPlainString()
        : number.toPlainString();
  }

  String quantity(Base held) {
    if (!(held instanceof Quantity quantity) || !quantity.hasValue()) {
      return numberPrefix() + dice.one(Pools.DECIMALS);
    }
    var number = dice.onceIn(4) ? new BigDecimal(dice.one(Pools.DECIMALS)) : quantity.getValue();
    var written = numberPrefix() + less(number);
    if (!quantity.hasCode() && !quantity.hasUnit()) {
      return written;
    }
    if (Pools.UCUM.equals(quantity.getSystem())
        && dice.onceIn(2)
        && families.contains(Family.CANONICAL_QUANTITY)) {
      return converted(quantity, number);
    }
    return switch (dice.below(4)) {
      case 0 -> written;
      case 1 ->
          written
              + "||"
              + escaped(
                  dice.onceIn(2) || !quantity.hasCode() ? quantity.getUnit() : quantity.getCode());
      default ->
          quantity.hasCode()
                  && (families.contains(Family.CANONICAL_QUANTITY)
                      || !Pools.UCUM.equals(quantity.getSystem()))
              ? written + "|" + escaped(quantity.getSystem()) + "|" + escaped(quantity.getCode())
              : written;
    };
  }

  /** The same or nearly the same in another unit of the kind. */
  private String converted(Quantity quantity, BigDecimal number) {
    var kind = Pools.UNITS.stream().filter(units -> units.contains(quantity.getCode())).findFirst();
    var unit = kind.map(units -> dice.one(units)).orElse(quantity.getCode());
    var steps = List.of("kg", "g", "mg", "ug").indexOf(unit);
    var from = List.of("kg", "g", "mg", "ug").indexOf(quantity.getCode());
    var shift = steps >= 0 && from >= 0 ? 3 * (steps - from) : unit.equals("umol/L") ? 3 : 0;
    var value = shift == 0 ? number : number.movePointRight(shift);
    return numberPrefix() + value.toPlainString() + "|" + Pools.UCUM + "|" + escaped(unit);
  }

  String reference(Definition definition, Base held) {
    var literal =
        held instanceof Reference reference ? reference.getReference() : held.primitiveValue();
    if (literal == null) {
      return "Patient/none";
    }
    if (!(held instanceof Reference)) {
      return escaped(dice.onceIn(3) ? literal.split("\\|", 2)[0] : literal);
    }
    return switch (dice.below(4)) {
      case 0 -> literal.substring(literal.indexOf('/') + 1);
      case 1 -> base + literal;
      default -> literal;
    };
  }
}
