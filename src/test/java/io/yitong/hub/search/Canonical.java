package io.yitong.hub.search;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.Pair;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * A UCUM unit in base units, by org.fhir's UCUM library.
 *
 * @param factor one of the unit is so many of {@code unit}
 */
record Canonical(String unit, BigDecimal factor) {
  private static final String UCUM = "http://unitsofmeasure.org";
  private static final UcumService SERVICE = service();
  private static final Map<String, Optional<Canonical>> KNOWN = new ConcurrentHashMap<>();

  static Optional<Canonical> of(String system, String code) {
    return UCUM.equals(system) && code != null
        ? KNOWN.computeIfAbsent(code, Canonical::convert)
        : Optional.empty();
  }

  private static Optional<Canonical> convert(String code) {
    try {
      // Written out so far, the library's own rounding is of no matter.
      var one = new Decimal("1." + "0".repeat(24));
      var pair = SERVICE.getCanonicalForm(new Pair(one, code));
      return Optional.of(
          new Canonical(
              pair.getCode(), new BigDecimal(pair.getValue().asDecimal()).stripTrailingZeros()));
    } catch (UcumException e) {
      return Optional.empty();
    }
  }

  private static UcumService service() {
    try (var essence = Canonical.class.getResourceAsStream("/ucum-essence.xml")) {
      return new UcumEssenceService(essence);
    } catch (UcumException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
