package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How far two results of one item may lie apart before they disagree; met when any of its limits
 * is. An item without limits has no numeric ground to disagree, only its reference range.
 *
 * @param percent of the earlier value
 * @param absolute in the item's unit
 * @param log10 difference of decimal logarithms, for quantities that range over powers of ten
 */
public record Tolerance(
    Optional<BigDecimal> percent, Optional<BigDecimal> absolute, Optional<BigDecimal> log10) {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  public static final Tolerance UNLIMITED =
      new Tolerance(Optional.empty(), Optional.empty(), Optional.empty());

  boolean holds(BigDecimal earlier, BigDecimal later) {
    if (equals(UNLIMITED)) {
      return true;
    }
    var difference = later.subtract(earlier).abs();
    return percent
            .filter(p -> difference.multiply(HUNDRED).compareTo(p.multiply(earlier.abs())) <= 0)
            .isPresent()
        || absolute.filter(a -> difference.compareTo(a) <= 0).isPresent()
        || log10.filter(l -> withinLogarithm(earlier, later, l)).isPresent();
  }

  private static boolean withinLogarithm(BigDecimal earlier, BigDecimal later, BigDecimal limit) {
    if (earlier.signum() <= 0 || later.signum() <= 0) {
      return earlier.compareTo(later) == 0;
    }
    var ratio = Math.log10(later.doubleValue()) - Math.log10(earlier.doubleValue());
    return Math.abs(ratio) <= limit.doubleValue();
  }
}
