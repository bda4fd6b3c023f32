package io.yitong.hub.launch.bench.load;

import io.yitong.hub.launch.bench.load.Ids.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.postgresql.PGConnection;

/** The yardstick by JDBC: a thread for each connection, statements prepared once. */
final class JdbcLoad {
  private static final int COPIED_AT_ONCE = 1_000;
  private static final int INDEX_ROWS = 6;

  private final YardstickOrder order;

  JdbcLoad(YardstickOrder order) {
    this.order = order;
  }

  /** Something to be done again and again on one connection; says how many rows it concerned. */
  private interface Step {
    int run() throws SQLException, IOException;
  }

  LoadResult run() throws SQLException, InterruptedException, ExecutionException {
    prepare();
    loop(Math.max(1, order.seconds() / 3));
    var watch = new Stopwatch();
    var done = loop(order.seconds());
    var seconds = watch.seconds();
    return new LoadResult(
        done.rows,
        seconds,
        done.latencies.percentile(0.50),
        done.latencies.percentile(0.99),
        watch.cpuSeconds(),
        Map.of(200, done.rows),
        List.of(),
        "");
  }

  private record Done(long rows, Latencies latencies) {}

  private Done loop(double seconds) throws InterruptedException, ExecutionException {
    var threads = Executors.newFixedThreadPool(order.connections());
    try {
      var end = System.nanoTime() + (long) (seconds * 1e9);
      var runs = new ArrayList<Callable<Done>>();
      for (var i = 0; i < order.connections(); i++) {
        var seed = System.nanoTime() + i;
        runs.add(() -> loopAlone(end, new SplittableRandom(seed)));
      }
      var rows = 0L;
      var latencies = new Latencies();
      for (var run : threads.invokeAll(runs)) {
        rows += run.get().rows;
        latencies.addAll(run.get().latencies);
      }
      return new Done(rows, latencies);
    } finally {
      threads.shutdownNow();
    }
  }

  private Done loopAlone(long end, SplittableRandom random) throws SQLException, IOException {
    try (var connection = connect()) {
      var step = step(connection, random);
      var latencies = new Latencies();
      var rows = 0L;
      for (var now = System.nanoTime(); now < end; ) {
        rows += step.run();
        var later = System.nanoTime();
        latencies.add(later - now);
        now = later;
      }
      return new Done(rows, latencies);
    }
  }

  private Step step(Connection connection, SplittableRandom random) throws SQLException {
    var requests = new Document(random);
    return switch (order.yardstick()) {
      case JSONB_INSERT -> {
        var insert = connection.prepareStatement("insert into jsonb_only (body) values (?::jsonb)");
        yield () -> {
          insert.setString(1, requests.next());
          return insert.executeUpdate();
        };
      }
      case DOCUMENT_AND_INDEX -> documentAndIndex(connection, random, requests);
      case PRIMARY_KEY_SELECT -> primaryKeySelect(connection, random);
      case COPY -> () -> copy(connection, random, requests);
    };
  }

  private static Step documentAndIndex(
      Connection connection, SplittableRandom random, Document documents) throws SQLException {
    connection.setAutoCommit(false);
    var document = connection.prepareStatement("insert into document (id, body) values (?, ?)");
    var index =
        connection.prepareStatement(
            "insert into index_row (parameter, value, document)"
                + " select p, v, ? from unnest(?::int[], ?::text[]) i(p, v)");
    var parameters = connection.createArrayOf("int4", new Object[] {1, 2, 3, 4, 5, 6});
    return () -> {
      var id = random.nextLong();
      document.setLong(1, id);
      document.setString(2, documents.next());
      document.executeUpdate();
      index.setLong(1, id);
      index.setArray(2, parameters);
      index.setArray(3, connection.createArrayOf("text", values(random)));
      index.executeUpdate();
      connection.commit();
      return 1;
    };
  }

  private static Object[] values(SplittableRandom random) {
    var values = new Object[INDEX_ROWS];
    for (var i = 0; i < values.length; i++) {
      values[i] = Ids.of(Kind.RESULT, random.nextInt(1_000_000));
    }
    return values;
  }

  private static Step primaryKeySelect(Connection connection, SplittableRandom random)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement("select body from copied where id = ?");
    var most = mostCopied(connection);
    return () -> {
      select.setLong(1, 1 + random.nextLong(most));
      try (var row = select.executeQuery()) {
        row.next();
        return row.getString(1).isEmpty() ? 0 : 1;
      }
    };
  }

  private static long mostCopied(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select max(id) from copied")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static int copy(Connection connection, SplittableRandom random, Document documents)
      throws SQLException, IOException {
    var rows = new StringBuilder(COPIED_AT_ONCE * 1_200);
    for (var i = 0; i < COPIED_AT_ONCE; i++) {
      rows.append(documents.next().replace("\\", "\\\\")).append('\n');
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn("copy copied (body) from stdin", new StringReader(rows.toString()));
    return COPIED_AT_ONCE;
  }

  /** The JSON that the hub is sent. */
  private static final class Document {
    private final Work.Requests requests;
    private final RequestText text = new RequestText();

    Document(SplittableRandom random) {
      requests = Work.CREATE_OBSERVATION.requests(new Population(1_000), random);
    }

    String next() {
      requests.next(text);
      var request = text.toString();
      return request.substring(request.indexOf("\r\n\r\n") + 4);
    }
  }

  private void prepare() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          create table if not exists jsonb_only (id bigint generated always as identity primary key, body jsonb);
          create table if not exists document (id bigint primary key, body text);
          create table if not exists index_row (parameter int, value text, document bigint);
          create index if not exists index_row_value on index_row (parameter, value, document);
          create table if not exists copied (id bigint generated always as identity primary key, body text);
          """);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(order.jdbcUrl(), order.user(), order.password());
  }
}
