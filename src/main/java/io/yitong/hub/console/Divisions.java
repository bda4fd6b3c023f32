package io.yitong.hub.console;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Names of administrative divisions (GB/T 2260): rules/divisions. */
@ApplicationScoped
class Divisions {
  private static final String FILE = "/rules/divisions/gb-t-2260.csv";

  private final Map<String, Text> names = read();

  /** The name of the division, or its code when the file does not list it. */
  Text nameOf(String code) {
    return names.getOrDefault(code, Text.same(code));
  }

  private static Map<String, Text> read() {
    try (var file = Divisions.class.getResourceAsStream(FILE);
        var rows =
            CsvReader.builder()
                .ofNamedCsvRecord(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return rows.stream()
          .collect(Collectors.toUnmodifiableMap(row -> row.getField("code"), Divisions::name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Text name(NamedCsvRecord row) {
    return new Text(row.getField("zh"), row.getField("en"));
  }
}
