package io.yitong.hub.record.bulk.load;

import io.yitong.hub.record.sql.DatabaseFailure;
import io.yitong.hub.record.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;

/** What became of the lines of an import; joins the transaction that wrote them. */
@ApplicationScoped
class ImportLedger {
  private static final int ROWS = 100;

  private final DataSource database;

  ImportLedger(DataSource database) {
    this.database = database;
  }

  /** Numbers of resources. */
  record Counts(int created, int updated, int unchanged) {
    static final Counts NONE = new Counts(0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          created + other.created, updated + other.updated, unchanged + other.unchanged);
    }

    int all() {
      return created + updated + unchanged;
    }
  }

  /**
   * A line that was not written.
   *
   * @param waiting for what it refers to, perhaps on a later line
   * @param outcome OperationOutcome
   */
  record Unwritten(Line line, boolean waiting, String outcome) {}

  /** A line that waits, without its text. */
  record Waiting(int input, long number, long place, int length) {}

  /** The batches of an input that are done. */
  Set<Integer> batchesDone(UUID job, int input) {
    return new HashSet<>(
        query(
            Sql.of("select batch from bulk_import_batch where job = ? and input = ?", job, input),
            row -> row.getInt(1)));
  }

  /** Lines that batches done before went through. */
  long linesDone(UUID job) {
    return query(
            Sql.of(
                "select coalesce(sum(lines), 0) from bulk_import_batch where job = ? and batch >= 0",
                job),
            row -> row.getLong(1))
        .get(0);
  }

  Counts counts(UUID job) {
    return query(
            Sql.of(
                """
                select coalesce(sum(created), 0), coalesce(sum(updated), 0), coalesce(sum(unchanged), 0)
                from bulk_import_batch where job = ?\
                """,
                job),
            row -> new Counts(row.getInt(1), row.getInt(2), row.getInt(3)))
        .get(0);
  }

  long refused(UUID job) {
    return query(
            Sql.of("select count(*) from bulk_import_line where job = ?", job),
            row -> row.getLong(1))
        .get(0);
  }

  void batchDone(UUID job, int input, int batch, int lines, Counts counts) {
    update(
        Sql.of(
            """
            insert into bulk_import_batch (job, input, batch, lines, created, updated, unchanged)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing\
            """,
            job,
            input,
            batch,
            lines,
            counts.created(),
            counts.updated(),
            counts.unchanged()));
  }

  void unwritten(UUID job, List<Unwritten> lines) {
    if (lines.isEmpty()) {
      return;
    }
    update(
        Sql.of(
            """
            insert into bulk_import_line (job, input, line, place, length, waiting, outcome)
            select ?, l.* from unnest(?::int[], ?::bigint[], ?::bigint[], ?::int[], ?::boolean[], ?::text[]) l
            on conflict (job, input, line) do update
              set waiting = excluded.waiting, outcome = excluded.outcome\
            """,
            job,
            lines.stream().mapToInt(each -> each.line().input()).toArray(),
            lines.stream().mapToLong(each -> each.line().number()).toArray(),
            lines.stream().mapToLong(each -> each.line().place()).toArray(),
            lines.stream().mapToInt(each -> each.line().length()).toArray(),
            lines.stream().map(each -> Boolean.toString(each.waiting())).toArray(String[]::new),
            lines.stream().map(Unwritten::outcome).toArray(String[]::new)));
  }

  List<Waiting> waitingAfter(UUID job, int input, long line, int most) {
    return query(
        Sql.of(
            """
            select input, line, place, length from bulk_import_line
            where job = ? and waiting and (input, line) > (?, ?) order by input, line limit ?\
            """,
            job,
            input,
            line,
            most),
        row -> new Waiting(row.getInt(1), row.getLong(2), row.getLong(3), row.getInt(4)));
  }

  /** They were written after all. */
  void written(UUID job, List<Line> lines) {
    update(
        Sql.of(
            """
            delete from bulk_import_line b using unnest(?::int[], ?::bigint[]) l(input, line)
            where b.job = ? and b.input = l.input and b.line = l.line\
            """,
            lines.stream().mapToInt(Line::input).toArray(),
            lines.stream().mapToLong(Line::number).toArray(),
            job));
  }

  void eachOutcome(UUID job, Consumer<byte[]> taker) {
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        Sql.of("select outcome from bulk_import_line where job = ? order by input, line", job)
            .each(
                connection,
                ROWS,
                row -> taker.accept(row.getString(1).getBytes(StandardCharsets.UTF_8)));
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }

  private <T> List<T> query(Sql sql, Sql.RowReader<T> reader) {
    return connected(connection -> sql.query(connection, reader));
  }

  private void update(Sql sql) {
    connected(sql::update);
  }

  private <T> T connected(Function<Connection, T> work) {
    try (var connection = database.getConnection()) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw new DatabaseFailure(e);
    }
  }
}
