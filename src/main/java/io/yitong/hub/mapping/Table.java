package io.yitong.hub.mapping;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A mapping table that ships with the hub: CSV with a header, keyed by its first column. */
public final class Table {
  private final Map<String, List<String>> rows;

  private Table(Map<String, List<String>> rows) {
    this.rows = rows;
  }

  /**
   * @param resource path from the class path's root, for example {@code
   *     /mapping/lab/interpretations.csv}
   */
  public static Table load(String resource) {
    try (var in = Table.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the table " + resource + " is not in the application");
      }
      var reader = new InputStreamReader(in, StandardCharsets.UTF_8);
      var records = new ArrayList<List<String>>();
      CsvReader.builder().ofCsvRecord(reader).forEach(row -> records.add(row.getFields()));
      return new Table(
          records.stream()
              .skip(1)
              .collect(Collectors.toUnmodifiableMap(row -> row.get(0), List::copyOf)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The second column of the row with this key. */
  public Optional<String> of(String key) {
    return cell(key, 1);
  }

  /**
   * @param column from 0, the key's
   */
  public Optional<String> cell(String key, int column) {
    var row = rows.get(key);
    return row == null || row.get(column).isEmpty()
        ? Optional.empty()
        : Optional.of(row.get(column));
  }

  public boolean has(String key) {
    return rows.containsKey(key);
  }

  public Map<String, List<String>> rows() {
    return rows;
  }
}
