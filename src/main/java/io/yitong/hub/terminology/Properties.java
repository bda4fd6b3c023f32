package io.yitong.hub.terminology;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * LOINC properties and the units that measure them (table {@code terminology/properties.csv}). Most
 * wrong laboratory mappings are wrong here: a mass concentration taken for a substance
 * concentration.
 */
final class Properties {
  private static final String TABLE = "/terminology/properties.csv";

  private final Units units;
  private final Map<String, List<String>> examples = new HashMap<>();

  Properties(Units units) {
    this.units = units;
    try (var in = Properties.class.getResourceAsStream(TABLE)) {
      CsvReader.builder()
          .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))
          .forEach(row -> examples.put(row.getField(0), List.of(row.getField(1).split("\\|", -1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Empty when the unit measures the property, or the property is of no table row. */
  Optional<String> contradiction(String property, Optional<String> unit) {
    var measured = examples.get(property);
    if (measured == null) {
      return Optional.empty();
    }
    var agrees =
        unit.isPresent()
            && measured.stream().anyMatch(example -> units.sameKind(unit.get(), example));
    return agrees
        ? Optional.empty()
        : Optional.of(property + " ≠ " + unit.orElse("∅") + " (" + measured.get(0) + ")");
  }
}
