package io.yitong.hub.record.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A statement in the making: its text and, in step with it, the values of its parameters. */
public final class Sql {
  /** Of values listed one by one rather than handed over as an array. */
  public static final int FEW = 8;

  private final StringBuilder text = new StringBuilder(512);
  private final List<Object> values = new ArrayList<>();

  /** Makes one value of the current row. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static Sql of(String part, Object... values) {
    return new Sql().add(part, values);
  }

  /**
   * @param part with a question mark for each value; arrays of primitives and of String are bound
   *     as PostgreSQL arrays
   */
  public Sql add(String part, Object... more) {
    text.append(part);
    Collections.addAll(values, more);
    return this;
  }

  public Sql add(Sql other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  /**
   * {@code column = any(…)}, a few values one by one: of an array PostgreSQL does not know how long
   * it will be, so that it would plan the statement anew each time.
   */
  public static Sql among(String column, long[] numbers) {
    return numbers.length > FEW
        ? of(column + " = any(?)", numbers)
        : listed(column, Arrays.stream(numbers).boxed().toArray());
  }

  /**
   * The same of texts and UUIDs.
   *
   * @param type PostgreSQL's
   */
  public static Sql among(String column, String type, Collection<?> values) {
    return values.size() > FEW
        ? of(
            column + " = any(?::" + type + "[])",
            (Object) values.stream().map(Object::toString).toArray(String[]::new))
        : listed(column, values.toArray());
  }

  private static Sql listed(String column, Object[] listed) {
    return of(
        switch (listed.length) {
          case 0 -> "false";
          case 1 -> column + " = ?";
          default -> column + " in (?" + ", ?".repeat(listed.length - 1) + ")";
        },
        listed);
  }

  /**
   * One statement of several.
   *
   * @param parts each {@code name as (statement)}; all are carried out, none sees what another does
   */
  public static Sql with(List<Sql> parts, Sql last) {
    var whole = new Sql();
    for (var part : parts) {
      whole.add(whole.text.isEmpty() ? "with " : ",\n").add(part);
    }
    return whole.add(whole.text.isEmpty() ? "" : "\n").add(last);
  }

  public <T> List<T> query(Connection connection, RowReader<T> reader) {
    return query(connection, 0, reader);
  }

  /**
   * @param seconds after which it is stopped, with the state 57014; zero for never
   */
  public <T> List<T> query(Connection connection, int seconds, RowReader<T> reader) {
    try (var statement = prepare(connection)) {
      statement.setQueryTimeout(seconds);
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<T>();
        while (rows.next()) {
          found.add(reader.read(rows));
        }
        return found;
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  /** Takes one row after the other. */
  public interface RowTaker {
    void take(ResultSet row) throws SQLException;
  }

  /**
   * Of any number of rows, a few at a time in memory; within a transaction, without which the
   * driver fetches all at once.
   */
  public void each(Connection connection, int rowsInMemory, RowTaker taker) {
    try (var statement = prepare(connection)) {
      statement.setFetchSize(rowsInMemory);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          taker.take(rows);
        }
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  public int update(Connection connection) {
    try (var statement = prepare(connection)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private PreparedStatement prepare(Connection connection) throws SQLException {
    var statement = connection.prepareStatement(text.toString());
    for (var i = 0; i < values.size(); i++) {
      var value = values.get(i);
      statement.setObject(
          i + 1, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }
    return statement;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
