package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.ResultValue.Measured;
import io.yitong.hub.recognition.decision.ResultValue.Worded;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/**
 * Values brought to the catalogue's unit. A formula of the item comes first; then conversion within
 * the kind of quantity. Nothing is guessed: an unknown unit stays not comparable.
 */
final class Comparables {
  private static final MathContext PRECISION = new MathContext(6);

  private final List<Formula> formulas;
  private final UnitConversion conversion;

  Comparables(List<Formula> formulas, UnitConversion conversion) {
    this.formulas = List.copyOf(formulas);
    this.conversion = conversion;
  }

  /** Empty when the value cannot be brought to the item's unit. */
  Optional<ResultValue> of(ResultValue value, Item item) {
    if (value instanceof Measured measured) {
      return measured(measured, item);
    }
    // A word says something only where the item is no quantity.
    return value instanceof Worded && item.unit().isEmpty() ? Optional.of(value) : Optional.empty();
  }

  private Optional<ResultValue> measured(Measured value, Item item) {
    if (item.unit().isEmpty()) {
      return Optional.of(value);
    }
    var unit = item.unit().get();
    return value
        .ucum()
        .flatMap(from -> convert(value.number(), from, item))
        .map(number -> new Measured(number, value.comparator(), unit, Optional.of(unit)));
  }

  private Optional<BigDecimal> convert(BigDecimal number, String from, Item item) {
    var to = item.unit().orElseThrow();
    if (from.equals(to)) {
      return Optional.of(number);
    }
    for (var formula : formulas) {
      if (formula.item().equals(item.loinc())
          && formula.fromUcum().equals(from)
          && formula.toUcum().equals(to)) {
        return Optional.of(formula.apply(number));
      }
    }
    return conversion
        .convert(number, from, to, item.molarMass())
        .map(converted -> converted.round(PRECISION));
  }
}
