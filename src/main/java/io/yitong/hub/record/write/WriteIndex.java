package io.yitong.hub.record.write;

import io.yitong.hub.record.index.IndexEntries;
import io.yitong.hub.record.index.IndexEntries.OfCode;
import io.yitong.hub.record.index.IndexEntries.OfDate;
import io.yitong.hub.record.index.IndexEntries.OfGroup;
import io.yitong.hub.record.index.IndexEntries.OfQuantity;
import io.yitong.hub.record.index.IndexEntries.OfText;
import io.yitong.hub.record.index.SearchParameters;
import io.yitong.hub.record.sql.RowTable;
import io.yitong.hub.record.sql.Sql;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Writes what versions are found by beside the columns of their rows. */
final class WriteIndex {
  /** Most that a composite parameter of the specification has. */
  private static final int PARTS = 3;

  private static final RowTable DATES =
      RowTable.of("d", "rid bigint", "parameter integer", "low float8", "high float8");
  private static final RowTable TEXTS =
      RowTable.of("d", "rid bigint", "parameter integer", "value text");
  private static final RowTable QUANTITIES =
      RowTable.of(
          "d",
          "rid bigint",
          "parameter integer",
          "open text",
          "base bigint",
          "low numeric",
          "high numeric",
          "written_low numeric",
          "written_high numeric",
          "units bigint[]");
  private static final RowTable CODES =
      RowTable.of("d", "rid bigint", "code bigint", "system bigint", "date_high float8");
  private static final RowTable POSITIONS =
      RowTable.of("d", "rid bigint", "latitude float8", "longitude float8");

  private WriteIndex() {}

  /**
   * @param dateHigh of the row, in seconds since 1970
   */
  private record Entry<T>(long rid, double dateHigh, T value) {}

  /** A row and what it is found by. */
  record Indexed(long rid, double dateHigh, IndexEntries entries) {}

  /** The tables of index entries, and what takes a row's entries out of each. */
  private enum Table {
    DATES("index_date"),
    TEXTS("index_text"),
    QUANTITIES("index_quantity"),
    GROUPS("index_group"),
    POSITIONS("index_position"),
    CODES("") {
      @Override
      Sql forgetting(long[] rids) {
        return Sql.of(
                """
                past_codes as (
                  delete from index_code c using resource r, unnest(r.keys) k(key)
                  where c.code = k.key and c.date_high = r.date_high and c.rid = r.rid and\s
                """)
            .add(Sql.among("r.rid", rids))
            .add(")");
      }
    };

    private final String table;

    Table(String table) {
      this.table = table;
    }

    Sql forgetting(long[] rids) {
      return Sql.of("past_" + table + " as (delete from " + table + " where ")
          .add(Sql.among("rid", rids))
          .add(")");
    }

    /** Where the entries of a type's parameters stand beside the row. */
    static Set<Table> of(ResourceType type) {
      var tables = EnumSet.noneOf(Table.class);
      var parameters = SearchParameters.of(type);
      for (var parameter : parameters.indexed()) {
        switch (parameter.kind()) {
          case DATE -> {
            if (!parameters.isMain(parameter)) {
              tables.add(DATES);
            }
          }
          case STRING -> tables.add(TEXTS);
          case NUMBER, QUANTITY -> tables.add(QUANTITIES);
          case COMPOSITE -> tables.add(GROUPS);
          case SPECIAL -> tables.add(POSITIONS);
          case TOKEN -> {
            if (parameter.ordered()) {
              tables.add(CODES);
            }
          }
          case REFERENCE, URI, NULL -> {}
        }
      }
      return tables;
    }
  }

  /**
   * What takes away all that rows are found by beside their own columns, to be put together by
   * {@link Sql#with}.
   *
   * @param types theirs
   */
  static List<Sql> forgetting(long[] rids, Set<ResourceType> types) {
    var tables = EnumSet.noneOf(Table.class);
    types.forEach(type -> tables.addAll(Table.of(type)));
    return forgetting(rids, tables);
  }

  /** The same from every table: of rows that an earlier release may have entered in others. */
  static List<Sql> forgetting(long[] rids) {
    return forgetting(rids, EnumSet.allOf(Table.class));
  }

  private static List<Sql> forgetting(long[] rids, EnumSet<Table> tables) {
    return tables.stream().map(table -> table.forgetting(rids)).toList();
  }

  /** What enters rows in the index tables, to be put together by {@link Sql#with}. */
  static List<Sql> entering(List<Indexed> rows) {
    return Stream.of(
            dates(entries(rows, IndexEntries::dates)),
            texts(entries(rows, IndexEntries::texts)),
            quantities(entries(rows, IndexEntries::quantities)),
            codes(entries(rows, IndexEntries::codes)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Sql> dates(List<Entry<OfDate>> dates) {
    return entering(
        dates,
        """
        dates as (
          insert into index_date (rid, parameter, low, high)
          select rid, parameter, to_timestamp(low), to_timestamp(high) from\s
        """,
        DATES,
        entry ->
            new Object[] {
              entry.rid(),
              entry.value().parameter(),
              RowDraft.seconds(entry.value().range().low()),
              RowDraft.seconds(entry.value().range().high())
            });
  }

  private static Optional<Sql> texts(List<Entry<OfText>> texts) {
    return entering(
        texts,
        "texts as (insert into index_text (rid, parameter, value) select * from ",
        TEXTS,
        entry -> new Object[] {entry.rid(), entry.value().parameter(), entry.value().text()});
  }

  private static Optional<Sql> quantities(List<Entry<OfQuantity>> quantities) {
    return entering(
        quantities,
        """
        quantities as (
          insert into index_quantity (rid, parameter, open, base, low, high, written_low, written_high, units)
          select rid, parameter, open::smallint, nullif(base, 0), low, high, written_low, written_high, units from\s
        """,
        QUANTITIES,
        entry -> {
          var amount = QuantityRow.of(entry.value());
          return new Object[] {
            entry.rid(),
            entry.value().parameter(),
            amount.open() == null ? null : amount.open().toString(),
            entry.value().base(),
            amount.low(),
            amount.high(),
            amount.writtenLow(),
            amount.writtenHigh(),
            entry.value().units().stream().mapToLong(Long::longValue).toArray()
          };
        });
  }

  private static Optional<Sql> codes(List<Entry<OfCode>> codes) {
    return entering(
        codes,
        """
        codes as (
          insert into index_code (rid, code, system, date_high)
          select rid, code, system, to_timestamp(date_high) from\s
        """,
        CODES,
        entry ->
            new Object[] {
              entry.rid(), entry.value().code(), entry.value().system(), entry.dateHigh()
            });
  }

  private static <T> Optional<Sql> entering(
      List<Entry<T>> entries, String start, RowTable table, Function<Entry<T>, Object[]> values) {
    return entries.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Sql.of(start).add(table.rows(entries.stream().map(values).toList())).add(")"));
  }

  /** What few resources have. */
  static void enterSeldom(List<Indexed> rows, Connection connection) {
    var positions = entries(rows, IndexEntries::positions);
    if (!positions.isEmpty()) {
      Sql.of("insert into index_position (rid, latitude, longitude) select * from ")
          .add(
              POSITIONS.rows(
                  positions.stream()
                      .map(
                          entry ->
                              new Object[] {
                                entry.rid(), entry.value().latitude(), entry.value().longitude()
                              })
                      .toList()))
          .update(connection);
    }
    for (var group : entries(rows, IndexEntries::groups)) {
      write(group, connection);
    }
  }

  private static void write(Entry<OfGroup> group, Connection connection) {
    var amounts = new HashMap<Integer, QuantityRow>();
    group.value().ranges().forEach((place, range) -> amounts.put(place, QuantityRow.of(range)));
    Sql.of(
            """
            insert into index_group (rid, parameter, keys, open, low, high, written_low, written_high, texts)
            select ?, ?, ?, nullif(?::text[], none)::smallint[], nullif(?::text[], none)::numeric[],
                   nullif(?::text[], none)::numeric[], nullif(?::text[], none)::numeric[],
                   nullif(?::text[], none)::numeric[], nullif(?::text[], none)\
            """
                .replace("none", "array_fill(null::text, array[" + PARTS + "])"),
            group.rid(),
            group.value().parameter(),
            group.value().keys(),
            byPlace(amounts, amount -> amount.open() == null ? null : amount.open().toString()),
            byPlace(amounts, QuantityRow::low),
            byPlace(amounts, QuantityRow::high),
            byPlace(amounts, QuantityRow::writtenLow),
            byPlace(amounts, QuantityRow::writtenHigh),
            byPlace(group.value().texts(), Function.identity()))
        .update(connection);
  }

  /** Null where the part of that place has none. */
  private static <T> String[] byPlace(Map<Integer, T> values, Function<T, String> text) {
    var byPlace = new String[PARTS];
    values.forEach((place, value) -> byPlace[place] = text.apply(value));
    return byPlace;
  }

  private static <T> List<Entry<T>> entries(
      List<Indexed> rows, Function<IndexEntries, List<T>> kind) {
    var entries = new ArrayList<Entry<T>>();
    for (var row : rows) {
      for (var value : kind.apply(row.entries())) {
        entries.add(new Entry<>(row.rid(), row.dateHigh(), value));
      }
    }
    return entries;
  }
}
