package io.yitong.hub.record.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of values to be selected from. One row is handed over as it is; several as an array for each
 * column, so that PostgreSQL plans one statement whatever their number.
 */
public final class RowTable {
  private final String name;
  private final List<Column> columns;
  private final String one;
  private final String many;

  private RowTable(String name, List<Column> columns) {
    this.name = name;
    this.columns = columns;
    this.one = one();
    this.many = many();
  }

  private record Column(String name, String type) {
    boolean isArray() {
      return type.endsWith("[]");
    }

    /** An array inside an array of rows can only be handed over as text. */
    String typeOfMany() {
      return isArray() ? "text[]" : type + "[]";
    }

    Object values(List<Object[]> rows, int place) {
      return switch (type) {
        case "bigint" -> rows.stream().mapToLong(row -> (Long) row[place]).toArray();
        case "integer" -> rows.stream().mapToInt(row -> (Integer) row[place]).toArray();
        case "float8" -> rows.stream().mapToDouble(row -> (Double) row[place]).toArray();
        case "smallint" -> shorts(rows, place);
        default -> texts(rows, place);
      };
    }

    private static short[] shorts(List<Object[]> rows, int place) {
      var values = new short[rows.size()];
      for (var i = 0; i < values.length; i++) {
        values[i] = (Short) rows.get(i)[place];
      }
      return values;
    }

    private static String[] texts(List<Object[]> rows, int place) {
      var values = new String[rows.size()];
      for (var i = 0; i < values.length; i++) {
        values[i] = text(rows.get(i)[place]);
      }
      return values;
    }

    private static String text(Object value) {
      if (value instanceof long[] numbers) {
        return Arrays.stream(numbers)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(",", "{", "}"));
      }
      if (value instanceof String[] texts) {
        return Arrays.stream(texts)
            .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(",", "{", "}"));
      }
      return value == null ? null : value.toString();
    }
  }

  /**
   * @param name of the table in the statement
   * @param columns name and PostgreSQL's type each: bigint, integer, smallint and float8, of which
   *     no value may be null, anything else as text, and arrays of bigint and text
   */
  public static RowTable of(String name, String... columns) {
    var all = new ArrayList<Column>();
    for (var column : columns) {
      var blank = column.indexOf(' ');
      all.add(new Column(column.substring(0, blank), column.substring(blank + 1)));
    }
    return new RowTable(name, all);
  }

  /** For the clause {@code from}; the columns have their types. */
  public Sql rows(Collection<Object[]> values) {
    return values.size() == 1
        ? Sql.of(one, values.iterator().next())
        : Sql.of(many, arrays(List.copyOf(values)));
  }

  private String one() {
    return columns.stream()
            .map(column -> "?::" + column.type())
            .collect(Collectors.joining(", ", "(values (", ")) "))
        + name
        + names();
  }

  private String many() {
    return columns.stream()
            .map(column -> column.isArray() ? column.name() + "::" + column.type() : column.name())
            .collect(Collectors.joining(", ", "(select ", " from unnest("))
        + columns.stream()
            .map(column -> "?::" + column.typeOfMany())
            .collect(Collectors.joining(", ", "", ") u"))
        + names()
        + ") "
        + name
        + names();
  }

  private Object[] arrays(List<Object[]> rows) {
    var arrays = new Object[columns.size()];
    for (var i = 0; i < arrays.length; i++) {
      arrays[i] = columns.get(i).values(rows, i);
    }
    return arrays;
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", ", "(", ")"));
  }
}
