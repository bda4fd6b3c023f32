package io.yitong.hub.record.index;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.index.IndexEntries.Span;
import io.yitong.hub.terminology.CanonicalUnit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A number or quantity as a range: as written, and in base units, in which 5 g is 5000 mg (FHIR R4,
 * 3.1.1.4.11).
 *
 * @param low empty where it is open
 * @param withLow whether the value may be the low end itself: not so of {@code >5}
 */
record QuantityValue(
    Optional<BigDecimal> low,
    boolean withLow,
    Optional<BigDecimal> high,
    boolean withHigh,
    Optional<CanonicalUnit> unit,
    List<Long> units) {
  private static final Optional<String> CURRENCY = Optional.of("urn:iso:std:iso:4217");

  static Optional<QuantityValue> of(Element value) {
    return switch (value.type()) {
      case "Range" -> range(value);
      case "Money" ->
          number(value)
              .map(
                  amount ->
                      new QuantityValue(
                          Optional.of(amount),
                          true,
                          Optional.of(amount),
                          true,
                          Optional.empty(),
                          Units.of(CURRENCY, value.value("currency"))));
      default ->
          value.value().isPresent()
              ? value.value().map(BigDecimal::new).map(QuantityValue::plain)
              : number(value).map(number -> compared(value, number));
    };
  }

  OfQuantity entry(int parameter) {
    var written = new Span(low, high);
    var open = (withLow ? 0 : OfQuantity.LOW) | (withHigh ? 0 : OfQuantity.HIGH);
    return unit.map(
            base ->
                new OfQuantity(
                    parameter,
                    written.times(base.factor()),
                    written,
                    open,
                    Units.kind(base),
                    units))
        .orElseGet(() -> new OfQuantity(parameter, written, written, open, 0, units));
  }

  private static QuantityValue plain(BigDecimal number) {
    return new QuantityValue(
        Optional.of(number), true, Optional.of(number), true, Optional.empty(), List.of());
  }

  private static QuantityValue compared(Element quantity, BigDecimal number) {
    var comparator = quantity.value("comparator").orElse("");
    var exact = Optional.of(number);
    return ofUnit(
        comparator.startsWith("<") ? Optional.empty() : exact,
        !comparator.equals(">"),
        comparator.startsWith(">") ? Optional.empty() : exact,
        !comparator.equals("<"),
        quantity);
  }

  private static Optional<QuantityValue> range(Element range) {
    var low = range.child("low");
    var high = range.child("high");
    return low.or(() -> high)
        .map(
            either ->
                ofUnit(
                    low.flatMap(QuantityValue::number),
                    true,
                    high.flatMap(QuantityValue::number),
                    true,
                    either));
  }

  private static QuantityValue ofUnit(
      Optional<BigDecimal> low,
      boolean withLow,
      Optional<BigDecimal> high,
      boolean withHigh,
      Element quantity) {
    var unit = unit(quantity);
    return new QuantityValue(
        low, withLow, high, withHigh, unit, Units.of(quantity, unit.isPresent()));
  }

  private static Optional<CanonicalUnit> unit(Element quantity) {
    return quantity
        .value("system")
        .filter(NamingSystems.UCUM::equals)
        .flatMap(system -> quantity.value("code"))
        .flatMap(CanonicalUnit::of);
  }

  private static Optional<BigDecimal> number(Element quantity) {
    return quantity.value("value").map(BigDecimal::new);
  }
}
