package io.yitong.hub.mapping.tabular;

import io.yitong.hub.mapping.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a file has which column: by its English or its Chinese header, in any order; columns of
 * other names are passed over.
 */
final class LabCsvColumns {
  private static final Table TABLE = Table.load("/mapping/tabular/lab-csv-columns.csv");
  private static final Map<String, String> BY_HEADER = byHeader();

  private final Map<String, Integer> positions = new HashMap<>();
  private final List<String> headers;

  LabCsvColumns(List<String> headers) {
    this.headers = List.copyOf(headers);
    for (var i = 0; i < headers.size(); i++) {
      var column = BY_HEADER.get(headers.get(i).strip().toLowerCase(Locale.ROOT));
      if (column != null) {
        positions.putIfAbsent(column, i);
      }
    }
  }

  private static Map<String, String> byHeader() {
    var columns = new HashMap<String, String>();
    TABLE
        .rows()
        .forEach(
            (column, row) -> {
              columns.put(column, column);
              columns.put(row.get(1), column);
            });
    return Map.copyOf(columns);
  }

  /** The required column that comes first by name and is not there. */
  Optional<String> missing() {
    return TABLE.rows().keySet().stream()
        .filter(column -> TABLE.cell(column, 2).equals(Optional.of("yes")))
        .filter(column -> !positions.containsKey(column))
        .sorted()
        .findFirst()
        .map(column -> TABLE.of(column).orElse(column) + " / " + column);
  }

  /** Empty when the file has no such column or the row ends before it. */
  String cell(List<String> row, String column) {
    var position = positions.get(column);
    return position == null || position >= row.size() ? "" : row.get(position).strip();
  }

  /** As the file itself calls it. */
  String header(String column) {
    var position = positions.get(column);
    return position == null ? column : headers.get(position).strip();
  }

  /** Headers no column of the table has. */
  List<String> unknown() {
    return headers.stream()
        .filter(header -> !header.isBlank())
        .filter(header -> !BY_HEADER.containsKey(header.strip().toLowerCase(Locale.ROOT)))
        .toList();
  }

  int size() {
    return headers.size();
  }
}
