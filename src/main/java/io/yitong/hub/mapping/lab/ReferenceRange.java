package io.yitong.hub.mapping.lab;

import java.math.BigDecimal;
import java.util.Optional;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;

/**
 * A reference interval as written: {@code 9-50}, {@code <40}, {@code ≥60}, {@code 阴性}. Text that is
 * more than one interval (by sex or age) stays text: half of it would mislead.
 *
 * @param low empty when the interval is open below or not a number
 */
public record ReferenceRange(Optional<BigDecimal> low, Optional<BigDecimal> high, String text) {

  /**
   * @param unit of the result, which some senders repeat behind the interval
   */
  public static ReferenceRange parse(String written, String unit) {
    var text = written.strip();
    var scan = new NumberScan(text);
    var comparator = scan.comparator();
    var first = scan.number();
    if (first.isEmpty()) {
      return textOnly(text);
    }
    if (comparator.isPresent()) {
      if (!onlyUnit(scan.rest(), unit)) {
        return textOnly(text);
      }
      return switch (comparator.get()) {
        case LESS_THAN, LESS_OR_EQUAL -> new ReferenceRange(Optional.empty(), first, text);
        case GREATER_THAN, GREATER_OR_EQUAL -> new ReferenceRange(first, Optional.empty(), text);
        case NULL -> textOnly(text);
      };
    }
    return scan.separator() ? interval(first.get(), scan, text, unit) : textOnly(text);
  }

  /** From two columns; either may be empty. */
  public static ReferenceRange between(String low, String high) {
    var from = LabNumber.parse(low).map(LabNumber::value);
    var to = LabNumber.parse(high).map(LabNumber::value);
    return new ReferenceRange(from, to, text(low, from, high, to));
  }

  private static String text(
      String low, Optional<BigDecimal> from, String high, Optional<BigDecimal> to) {
    if (low.isEmpty()) {
      return to.isPresent() ? "≤" + high : high;
    }
    if (high.isEmpty()) {
      return from.isPresent() ? "≥" + low : low;
    }
    return low + "-" + high;
  }

  private static ReferenceRange interval(
      BigDecimal low, NumberScan scan, String text, String unit) {
    var second = scan.number();
    if (second.isEmpty() && scan.separator()) {
      second = scan.number();
    }
    if (second.isEmpty() || !onlyUnit(scan.rest(), unit)) {
      return textOnly(text);
    }
    var high = second.get();
    if (high.compareTo(low) < 0 && high.signum() < 0) {
      // "9--50": a doubled separator, not minus fifty.
      high = high.negate();
    }
    return high.compareTo(low) < 0
        ? textOnly(text)
        : new ReferenceRange(Optional.of(low), Optional.of(high), text);
  }

  private static boolean onlyUnit(String rest, String unit) {
    if (rest.isEmpty() || rest.equalsIgnoreCase(unit)) {
      return true;
    }
    for (var i = 0; i < rest.length(); i++) {
      if (Character.isDigit(rest.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static ReferenceRange textOnly(String text) {
    return new ReferenceRange(Optional.empty(), Optional.empty(), text);
  }

  public ObservationReferenceRangeComponent component(String unit) {
    var component = new ObservationReferenceRangeComponent();
    low.ifPresent(value -> component.setLow(quantity(value, unit)));
    high.ifPresent(value -> component.setHigh(quantity(value, unit)));
    return component.setText(text);
  }

  private static Quantity quantity(BigDecimal value, String unit) {
    return new LabNumber(Optional.empty(), value).quantity(unit);
  }
}
