package io.yitong.hub.mapping.lab;

import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;

/**
 * A number as laboratories write it: {@code 5.20}, {@code <0.5}, {@code ≥60}, full-width signs.
 *
 * @param value with the digits written: 5.20 stays 5.20
 */
public record LabNumber(Optional<QuantityComparator> comparator, BigDecimal value) {
  private static final int LONGEST = 32;

  /** Empty when this is not one number alone. */
  public static Optional<LabNumber> parse(String written) {
    var text = written.strip();
    var scan = new NumberScan(text);
    var comparator = scan.comparator();
    var number = scan.number();
    return number.isPresent() && scan.atEnd() && text.length() <= LONGEST
        ? Optional.of(new LabNumber(comparator, number.get()))
        : Optional.empty();
  }

  /**
   * @param unit as written; empty when there is none
   */
  public Quantity quantity(String unit) {
    var quantity = new Quantity().setValue(value);
    comparator.ifPresent(quantity::setComparator);
    if (!unit.isEmpty()) {
      quantity.setUnit(unit);
    }
    return quantity;
  }
}
