package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;

/** A conversion that holds for one item only, where a ratio of units would be wrong. */
record Formula(Loinc item, String fromUcum, String toUcum, BigDecimal slope, BigDecimal intercept) {
  BigDecimal apply(BigDecimal number) {
    return number.multiply(slope).add(intercept);
  }
}
