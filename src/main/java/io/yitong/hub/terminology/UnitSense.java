package io.yitong.hub.terminology;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a unit measures and how much of it: the kind of quantity as powers of base units, and the
 * factor to them. Unlike UCUM's canonical form it keeps apart what a laboratory must not mix:
 * amount of substance is no number, international and arbitrary units are bases of their own, and
 * mass or substance above does not cancel mass or substance below (mmol/mol is no percentage).
 *
 * @param factor in base units
 * @param kind powers by base; {@code g}, {@code mol} below the line have names of their own
 */
record UnitSense(BigDecimal factor, Map<String, Integer> kind) {
  static final MathContext PRECISION = MathContext.DECIMAL128;
  static final UnitSense ONE = new UnitSense(BigDecimal.ONE, Map.of());
  private static final String BELOW = " below";

  static UnitSense base(String name) {
    return new UnitSense(BigDecimal.ONE, Map.of(name, 1));
  }

  UnitSense times(UnitSense other) {
    var powers = new TreeMap<>(kind);
    other.kind.forEach((base, power) -> powers.merge(base, power, Integer::sum));
    powers.values().removeIf(power -> power == 0);
    return new UnitSense(factor.multiply(other.factor, PRECISION), powers);
  }

  UnitSense scaled(BigDecimal by) {
    return new UnitSense(factor.multiply(by, PRECISION), kind);
  }

  UnitSense inverse() {
    var powers = new TreeMap<String, Integer>();
    kind.forEach(
        (base, power) -> {
          if (base.endsWith(BELOW)) {
            powers.put(base.substring(0, base.length() - BELOW.length()), power);
          } else if (base.equals("g") || base.equals("mol")) {
            powers.put(base + BELOW, power);
          } else {
            powers.put(base, -power);
          }
        });
    return new UnitSense(BigDecimal.ONE.divide(factor, PRECISION), powers);
  }

  UnitSense power(int exponent) {
    var result = ONE;
    for (var i = 0; i < Math.abs(exponent); i++) {
      result = result.times(this);
    }
    return exponent < 0 ? result.inverse() : result;
  }

  boolean sameKind(UnitSense other) {
    return kind.equals(other.kind);
  }

  int powerOf(String base) {
    return kind.getOrDefault(base, 0);
  }

  /** The same with one mass taken for one amount of substance. */
  Map<String, Integer> withSubstanceForMass() {
    var powers = new TreeMap<>(kind);
    powers.merge("g", -1, Integer::sum);
    powers.merge("mol", 1, Integer::sum);
    powers.values().removeIf(power -> power == 0);
    return powers;
  }
}
