package io.yitong.hub.record.index;

import io.yitong.hub.record.index.IndexEntries.OfDate;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.index.IndexEntries.OfText;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Money;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;

/** Gathers the index entries of one resource, parameter by parameter (FHIR R4, 3.1.1.4). */
final class ValueCollector {
  private final Set<OfDate> dates = new LinkedHashSet<>();
  private final Set<OfText> texts = new LinkedHashSet<>();
  private final Set<OfQuantity> quantities = new LinkedHashSet<>();
  private long[] keys = new long[64];
  private int keyCount;

  void add(SearchParameter parameter, List<Base> values) {
    var before = keyCount;
    switch (parameter.kind()) {
      case TOKEN -> values.forEach(value -> token(parameter, value));
      case REFERENCE -> values.forEach(value -> reference(parameter, value));
      case URI -> values.forEach(value -> uri(parameter, value));
      case STRING -> values.forEach(value -> text(parameter, value));
      case DATE -> dates(values).forEach(range -> dates.add(new OfDate(parameter.code(), range)));
      case NUMBER, QUANTITY -> values.forEach(value -> quantity(parameter, value));
      case COMPOSITE, SPECIAL, NULL ->
          throw new IllegalStateException(parameter.name() + " is not offered");
    }
    if (keyCount > before) {
      key(parameter.presentKey());
    }
  }

  long[] keys() {
    return Arrays.stream(keys, 0, keyCount).sorted().distinct().toArray();
  }

  List<OfDate> dates() {
    return List.copyOf(dates);
  }

  List<OfText> texts() {
    return List.copyOf(texts);
  }

  List<OfQuantity> quantities() {
    return List.copyOf(quantities);
  }

  private void key(long key) {
    if (keyCount == keys.length) {
      keys = Arrays.copyOf(keys, keyCount * 2);
    }
    keys[keyCount++] = key;
  }

  private void token(SearchParameter parameter, Base value) {
    if (value instanceof CodeableConcept concept) {
      concept.getCoding().forEach(coding -> token(parameter, coding.getSystem(), coding.getCode()));
    } else if (value instanceof Coding coding) {
      token(parameter, coding.getSystem(), coding.getCode());
    } else if (value instanceof Identifier identifier) {
      token(parameter, identifier.getSystem(), identifier.getValue());
    } else if (value instanceof ContactPoint contact) {
      token(parameter, null, contact.getValue());
    } else if (value instanceof Enumeration<?> code) {
      if (code.hasValue()) {
        token(parameter, code.getSystem(), code.asStringValue());
      }
    } else if (value instanceof PrimitiveType<?> primitive) {
      token(parameter, null, primitive.asStringValue());
    }
  }

  private void token(SearchParameter parameter, String system, String code) {
    if (code == null) {
      return;
    }
    key(parameter.codeKey(code));
    if (system == null) {
      key(parameter.systemAndCodeKey("", code));
    } else {
      key(parameter.systemAndCodeKey(system, code));
      key(parameter.systemKey(system));
    }
  }

  private void reference(SearchParameter parameter, Base value) {
    if (value instanceof Reference reference) {
      if (reference.hasReference()) {
        literal(parameter, reference.getReference());
      }
      if (reference.hasIdentifier()) {
        token(parameter.ofIdentifier(), reference.getIdentifier());
      }
    } else if (value instanceof PrimitiveType<?> uri && uri.hasValue()) {
      literal(parameter, uri.asStringValue());
    }
  }

  private void literal(SearchParameter parameter, String literal) {
    var id = new IdType(literal);
    var relative = !id.hasBaseUrl() && id.hasResourceType() && id.hasIdPart();
    key(parameter.literalKey(relative ? id.toUnqualifiedVersionless().getValue() : literal));
    if (relative && parameter.targets().isEmpty()) {
      key(parameter.bareIdKey(id.getIdPart()));
    }
  }

  private void uri(SearchParameter parameter, Base value) {
    if (value instanceof PrimitiveType<?> uri && uri.hasValue()) {
      key(parameter.literalKey(uri.asStringValue()));
    }
  }

  private void text(SearchParameter parameter, Base value) {
    if (value instanceof HumanName name) {
      text(parameter, name.getText());
      text(parameter, name.getFamily());
      Stream.of(name.getGiven(), name.getPrefix(), name.getSuffix())
          .flatMap(List::stream)
          .forEach(part -> text(parameter, part.getValue()));
    } else if (value instanceof Address address) {
      Stream.of(
              address.getText(),
              address.getCity(),
              address.getDistrict(),
              address.getState(),
              address.getPostalCode(),
              address.getCountry())
          .forEach(part -> text(parameter, part));
      address.getLine().forEach(line -> text(parameter, line.getValue()));
    } else if (value instanceof CodeableConcept concept) {
      text(parameter, concept.getText());
      concept.getCoding().forEach(coding -> text(parameter, coding.getDisplay()));
    } else if (value instanceof StringType || value instanceof PrimitiveType<?>) {
      text(parameter, value.primitiveValue());
    }
  }

  private void text(SearchParameter parameter, String text) {
    if (text != null && !text.isBlank()) {
      texts.add(new OfText(parameter.code(), NormalisedText.of(text)));
      key(parameter.exactTextKey(text));
    }
  }

  static Stream<DateRange> dates(List<Base> values) {
    return values.stream().flatMap(ValueCollector::dates);
  }

  private static Stream<DateRange> dates(Base value) {
    if (value instanceof BaseDateTimeType moment) {
      return Stream.ofNullable(moment.getValueAsString()).flatMap(t -> DateRange.parse(t).stream());
    }
    if (value instanceof Period period) {
      return Stream.of(period(period));
    }
    if (value instanceof Timing timing) {
      var bounds =
          timing.getRepeat().hasBoundsPeriod()
              ? Stream.of(period(timing.getRepeat().getBoundsPeriod()))
              : Stream.<DateRange>empty();
      return Stream.concat(bounds, timing.getEvent().stream().flatMap(ValueCollector::dates));
    }
    return Stream.empty();
  }

  private static DateRange period(Period period) {
    var start = dates(period.getStartElement()).map(DateRange::low).findFirst();
    var end = dates(period.getEndElement()).map(DateRange::high).findFirst();
    return new DateRange(start.orElse(DateRange.START), end.orElse(DateRange.END));
  }

  private void quantity(SearchParameter parameter, Base value) {
    if (value instanceof Quantity quantity && quantity.hasValue()) {
      var exact = quantity.getValue().doubleValue();
      var lowOpen = quantity.hasComparator() && quantity.getComparator().toCode().startsWith("<");
      var highOpen = quantity.hasComparator() && quantity.getComparator().toCode().startsWith(">");
      number(
          parameter,
          lowOpen ? Double.NEGATIVE_INFINITY : exact,
          highOpen ? Double.POSITIVE_INFINITY : exact,
          Units.of(quantity));
    } else if (value instanceof Money money && money.hasValue()) {
      number(
          parameter,
          money.getValue().doubleValue(),
          money.getValue().doubleValue(),
          Units.of("urn:iso:std:iso:4217", money.getCurrency()));
    } else if (value instanceof Range range) {
      number(
          parameter,
          range.getLow().hasValue()
              ? range.getLow().getValue().doubleValue()
              : Double.NEGATIVE_INFINITY,
          range.getHigh().hasValue()
              ? range.getHigh().getValue().doubleValue()
              : Double.POSITIVE_INFINITY,
          Units.of(range.hasLow() ? range.getLow() : range.getHigh()));
    } else if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
      var number = new BigDecimal(primitive.asStringValue()).doubleValue();
      number(parameter, number, number, List.of());
    }
  }

  private void number(SearchParameter parameter, double low, double high, List<Long> units) {
    quantities.add(new OfQuantity(parameter.code(), low, high, units));
  }
}
