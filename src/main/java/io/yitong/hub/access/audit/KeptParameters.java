package io.yitong.hub.access.audit;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The parameters known to hold nothing that names a person, which the audit keeps as they were
 * sent: rules/access/kept-parameters.csv.
 */
final class KeptParameters {
  static final String FILE = "/rules/access/kept-parameters.csv";

  private static final Set<String> NAMES = load();

  private KeptParameters() {}

  static boolean contain(String parameter) {
    return NAMES.contains(parameter);
  }

  private static Set<String> load() {
    try (var in = Objects.requireNonNull(KeptParameters.class.getResourceAsStream(FILE), FILE);
        var rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return rows.stream()
          .map(row -> row.getField("parameter"))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
