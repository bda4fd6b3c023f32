package io.yitong.hub.terminology;

import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Units of measure: usual spellings to UCUM, and conversion within one kind of quantity. */
@ApplicationScoped
public class Units {
  private static final MathContext RESULT = new MathContext(15);

  /** Units come from outside; so many are remembered and no more. */
  private static final int REMEMBERED = 4096;

  private static final String ENZYME_UNIT = "U";
  private static final String INTERNATIONAL_UNIT = "[IU]";
  private static final String ARBITRARY_UNIT = "[arb'U]";

  private final UcumReader reader = UcumReader.load();
  private final UnitSpelling spelling = new UnitSpelling();
  private final Map<String, Optional<String>> codes = new ConcurrentHashMap<>();
  private final Map<String, Optional<UnitSense>> senses = new ConcurrentHashMap<>();

  /**
   * The UCUM code of a unit as laboratories write it (×10^9/L, umol/L, U/l, μ in either code
   * point).
   */
  public Optional<String> ucum(String written) {
    var known = codes.get(written);
    if (known != null) {
      return known;
    }
    var code = translate(written);
    if (codes.size() < REMEMBERED) {
      codes.put(written, code);
    }
    return code;
  }

  private Optional<String> translate(String written) {
    var plain = UnitSpelling.plain(written);
    if (plain.indexOf('[') >= 0 || plain.indexOf('{') >= 0) {
      return sense(plain).map(sense -> plain);
    }
    var spelled = spelling.ucum(plain);
    if (spelled.isPresent()) {
      return spelled.filter(code -> sense(code).isPresent());
    }
    return UnitSpelling.ambiguous(plain) ? Optional.empty() : sense(plain).map(sense -> plain);
  }

  /**
   * The UCUM code of a written unit where it must measure the same kind of quantity as another. An
   * enzyme's activity is often written in international units, and an arbitrary unit as a plain U:
   * the expected unit decides which is meant.
   *
   * @param expected UCUM
   * @return empty when the two are not of one kind
   */
  public Optional<String> ucumOfKind(String written, String expected) {
    var code = ucum(written);
    if (code.isEmpty() || sameKind(code.get(), expected)) {
      return code;
    }
    return meant(code.get(), expected).filter(meant -> sameKind(meant, expected));
  }

  /** Whether two UCUM units measure the same kind of quantity, so that one can become the other. */
  public boolean sameKind(String ucum, String other) {
    var one = sense(ucum);
    return one.isPresent() && sense(other).map(one.get()::sameKind).orElse(false);
  }

  /**
   * @param molarMass g/mol, when mass and substance may be converted into each other
   * @return empty when the two are not of one kind
   */
  public Optional<BigDecimal> convert(
      BigDecimal value, String fromUcum, String toUcum, Optional<BigDecimal> molarMass) {
    var from = sense(fromUcum);
    var to = sense(toUcum);
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    if (from.get().sameKind(to.get())) {
      return Optional.of(tidy(value.multiply(ratio(from.get(), to.get()))));
    }
    return molarMass
        .filter(mass -> mass.signum() > 0)
        .flatMap(mass -> convertByMass(value, from.get(), to.get(), mass));
  }

  private static Optional<BigDecimal> convertByMass(
      BigDecimal value, UnitSense from, UnitSense to, BigDecimal mass) {
    var scaled = value.multiply(ratio(from, to));
    if (from.powerOf("g") == 1 && from.withSubstanceForMass().equals(to.kind())) {
      return Optional.of(tidy(scaled.divide(mass, UnitSense.PRECISION)));
    }
    if (to.powerOf("g") == 1 && to.withSubstanceForMass().equals(from.kind())) {
      return Optional.of(tidy(scaled.multiply(mass)));
    }
    return Optional.empty();
  }

  private static BigDecimal ratio(UnitSense from, UnitSense to) {
    return from.factor().divide(to.factor(), UnitSense.PRECISION);
  }

  /** The places that rounding of factors leaves behind go. */
  private static BigDecimal tidy(BigDecimal value) {
    var rounded = value.round(RESULT).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  Optional<UnitSense> sense(String ucum) {
    var known = senses.get(ucum);
    if (known != null) {
      return known;
    }
    var sense = reader.read(ucum);
    if (senses.size() < REMEMBERED) {
      senses.put(ucum, sense);
    }
    return sense;
  }

  private static Optional<String> meant(String code, String expected) {
    if (expected.contains(ARBITRARY_UNIT)) {
      return replaced(code, ENZYME_UNIT, ARBITRARY_UNIT);
    }
    if (expected.contains(INTERNATIONAL_UNIT)) {
      return replaced(code, ENZYME_UNIT, INTERNATIONAL_UNIT);
    }
    return replaced(code, INTERNATIONAL_UNIT, ENZYME_UNIT);
  }

  /** {@code mU/L} with {@code [IU]} is {@code m[IU]/L}; the prefix stays. */
  private static Optional<String> replaced(String code, String written, String meant) {
    var slash = code.indexOf('/');
    var above = slash < 0 ? code : code.substring(0, slash);
    var below = slash < 0 ? "" : code.substring(slash);
    return above.endsWith(written)
        ? Optional.of(above.substring(0, above.length() - written.length()) + meant + below)
        : Optional.empty();
  }
}
