package io.yitong.hub.access.audit.chain;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The one statement that appends: it moves the head and puts the rows behind it, or does neither
 * when the head is not where it is believed to be.
 */
final class AppendRows {
  /**
   * Of rows handed over as values; more go as arrays, which cost 40 µs a statement but less a row.
   */
  static final int FEW = 8;

  /** A row with its place. */
  private record Linked(AuditRow row, Head head) {}

  private record Column(String name, String type, Function<Linked, Object> value) {
    static Column text(String name, Function<AuditRow, String> value) {
      return new Column(name, "text", linked -> value.apply(linked.row()));
    }

    static Column maybe(String name, Function<AuditRow, Optional<String>> value) {
      return text(name, row -> value.apply(row).orElse(null));
    }
  }

  private static final List<Column> COLUMNS =
      List.of(
          new Column("seq", "bigint", linked -> linked.head().seq()),
          new Column("at", "bigint", linked -> linked.row().at()),
          Column.text("client", AuditRow::client),
          Column.text("subject", AuditRow::subject),
          Column.maybe("institution", AuditRow::institution),
          Column.maybe("behalf", AuditRow::behalf),
          Column.text("roles", AuditRow::roles),
          Column.text("purpose", AuditRow::purpose),
          Column.maybe("agreement", AuditRow::agreement),
          Column.text("action", AuditRow::action),
          Column.text("interaction", AuditRow::interaction),
          Column.text("what", AuditRow::what),
          Column.text("query", AuditRow::query),
          Column.maybe("patient", AuditRow::onlyPatient),
          Column.maybe("patients", AuditRow::severalPatients),
          new Column("outcome", "smallint", linked -> (short) linked.row().outcome()),
          Column.maybe("error", AuditRow::error),
          Column.text("correlation", AuditRow::correlation),
          new Column("hash", "bytea", linked -> linked.head().hash()));

  private static final List<String> OF_FEW =
      IntStream.rangeClosed(1, FEW).mapToObj(AppendRows::ofValues).toList();

  private static final String OF_MANY =
      statement(
          "unnest("
              + COLUMNS.stream()
                  .map(column -> "?::" + column.type() + "[]")
                  .collect(Collectors.joining(", "))
              + ")");

  private final Connection connection;
  private final UUID process;

  AppendRows(Connection connection, UUID process) {
    this.connection = connection;
    this.process = process;
  }

  /**
   * @return the new head; empty, with nothing written, when another process has taken the chain
   */
  Optional<Head> append(Head head, List<Pending> rows) throws SQLException {
    var linked = link(head, rows);
    var last = linked.get(linked.size() - 1).head();
    var few = linked.size() <= FEW;
    try (var insert = connection.prepareStatement(few ? OF_FEW.get(linked.size() - 1) : OF_MANY)) {
      insert.setLong(1, last.seq());
      insert.setBytes(2, last.hash());
      insert.setInt(3, head.chain());
      insert.setLong(4, head.seq());
      insert.setObject(5, process);
      if (few) {
        bindValues(insert, linked);
      } else {
        bindArrays(insert, linked);
      }
      return insert.executeUpdate() == linked.size() ? Optional.of(last) : Optional.empty();
    }
  }

  private static List<Linked> link(Head head, List<Pending> rows) {
    var linking = new Linking();
    var linked = new ArrayList<Linked>(rows.size());
    var last = head;
    for (var row : rows) {
      last = linking.after(last, row.canonical());
      linked.add(new Linked(row.row(), last));
    }
    return linked;
  }

  private static void bindValues(PreparedStatement insert, List<Linked> rows) throws SQLException {
    var at = 6;
    for (var row : rows) {
      for (var column : COLUMNS) {
        var value = column.value().apply(row);
        if (value == null) {
          insert.setNull(at, Types.VARCHAR);
        } else {
          insert.setObject(at, value);
        }
        at++;
      }
    }
  }

  private void bindArrays(PreparedStatement insert, List<Linked> rows) throws SQLException {
    var at = 6;
    for (var column : COLUMNS) {
      var values = rows.stream().map(column.value()).toArray(size -> array(column.type(), size));
      insert.setArray(at, connection.createArrayOf(column.type(), values));
      at++;
    }
  }

  private static Object[] array(String type, int size) {
    return switch (type) {
      case "bigint" -> new Long[size];
      case "smallint" -> new Short[size];
      case "bytea" -> new byte[size][];
      default -> new String[size];
    };
  }

  private static String ofValues(int rows) {
    return statement(
        IntStream.range(0, rows)
            .mapToObj(row -> values(row == 0))
            .collect(Collectors.joining(", ", "(values ", ")")));
  }

  /** The first row says the types. */
  private static String values(boolean first) {
    return COLUMNS.stream()
        .map(column -> first ? "?::" + column.type() : "?")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String statement(String rows) {
    var names = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
    var selected =
        COLUMNS.stream()
            .map(
                column ->
                    column.name().equals("patients")
                        ? "string_to_array(r.patients, ' ')"
                        : "r." + column.name())
            .collect(Collectors.joining(", "));
    return """
        with head as (
          update audit_chain set seq = ?, hash = ? where chain = ? and seq = ? and process = ? returning chain)
        insert into audit_event (chain, %s) select head.chain, %s from head, %s r (%s)"""
        .formatted(names, selected, rows, names);
  }
}
