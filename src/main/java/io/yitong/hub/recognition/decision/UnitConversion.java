package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;
import java.util.Optional;

/** Converts between UCUM units of one kind of quantity; {@code terminology.Units::convert}. */
@FunctionalInterface
public interface UnitConversion {
  /**
   * @param molarMass g/mol, when mass and substance may be converted into each other
   * @return empty when the two are not of one kind
   */
  Optional<BigDecimal> convert(
      BigDecimal number, String fromUcum, String toUcum, Optional<BigDecimal> molarMass);
}
