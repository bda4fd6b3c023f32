package io.yitong.hub.terminology;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Optional;

/** Units of measure: usual spellings to UCUM, and conversion within one kind of quantity. */
@ApplicationScoped
public class Units {
  /**
   * The UCUM code of a unit as laboratories write it (×10^9/L, umol/L, U/l, μ in either code
   * point).
   */
  public Optional<String> ucum(String written) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param molarMass g/mol, when mass and substance may be converted into each other
   * @return empty when the two are not of one kind
   */
  public Optional<BigDecimal> convert(
      BigDecimal value, String fromUcum, String toUcum, Optional<BigDecimal> molarMass) {
    throw new UnsupportedOperationException();
  }
}
