package io.yitong.hub.terminology;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.fhir.ucum.BaseUnit;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumModel;
import org.fhir.ucum.Unit;

/** Units written in UCUM, by the definitions of the UCUM essence. */
final class UcumReader {
  private static final String ESSENCE = "/ucum-essence.xml";
  private static final int LONGEST = 60;

  /** Bases besides UCUM's own; it defines them by numbers, so they would compare with counts. */
  private static final Map<String, String> OWN_BASES =
      Map.of("mol", "mol", "eq", "eq", "osm", "osm", "[iU]", "[IU]", "[IU]", "[IU]");

  private final Map<String, Unit> units = new HashMap<>();
  private final Map<String, BigDecimal> prefixes = new HashMap<>();
  private final Map<String, UnitSense> senses = new HashMap<>();

  private UcumReader(UcumModel model) {
    model.getBaseUnits().forEach(unit -> units.put(unit.getCode(), unit));
    model.getDefinedUnits().forEach(unit -> units.put(unit.getCode(), unit));
    for (var prefix : model.getPrefixes()) {
      prefixes.put(prefix.getCode(), new BigDecimal(prefix.getValue().asDecimal()));
    }
    units.forEach((code, unit) -> senses.put(code, sense(unit)));
  }

  static UcumReader load() {
    try (var essence = UcumEssenceService.class.getResourceAsStream(ESSENCE)) {
      return new UcumReader(new UcumEssenceService(essence).getModel());
    } catch (UcumException | IOException e) {
      throw new IllegalStateException("the UCUM definitions cannot be read", e);
    }
  }

  /** Empty when this is not UCUM. */
  Optional<UnitSense> read(String ucum) {
    if (ucum.isEmpty() || ucum.length() > LONGEST) {
      return Optional.empty();
    }
    return UcumExpression.read(ucum, this::atom);
  }

  private Optional<UnitSense> atom(String atom) {
    var unit = units.get(atom);
    if (unit != null) {
      var known = senses.get(atom);
      return Optional.of(known == null ? sense(unit) : known);
    }
    for (var length = 1; length <= 2 && length < atom.length(); length++) {
      var prefix = prefixes.get(atom.substring(0, length));
      var prefixed = units.get(atom.substring(length));
      if (prefix != null && prefixed != null && metric(prefixed)) {
        return atom(atom.substring(length)).map(sense -> sense.scaled(prefix));
      }
    }
    return Optional.empty();
  }

  private UnitSense sense(Unit unit) {
    var own = OWN_BASES.get(unit.getCode());
    if (own != null || unit instanceof BaseUnit) {
      return UnitSense.base(own != null ? own : unit.getCode());
    }
    var defined = (DefinedUnit) unit;
    var value = defined.getValue();
    var arbitrary = value.getUnit().equals("1") && !defined.getClass_().equals("dimless");
    if (arbitrary || defined.isSpecial()) {
      return UnitSense.base(unit.getCode());
    }
    return UcumExpression.read(value.getUnit(), this::atom)
        .orElseThrow(() -> new IllegalStateException("UCUM defines no " + unit.getCode()))
        .scaled(new BigDecimal(value.getValue().asDecimal()));
  }

  private static boolean metric(Unit unit) {
    return unit instanceof BaseUnit || ((DefinedUnit) unit).isMetric();
  }
}
