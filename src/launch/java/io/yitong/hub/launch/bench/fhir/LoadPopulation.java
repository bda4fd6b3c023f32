package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.MeasuredHub;
import io.yitong.hub.launch.bench.load.GeneratorProcess;
import io.yitong.hub.launch.bench.load.LoadOrder;
import io.yitong.hub.launch.bench.load.LoadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Brings the data to a size by the hub's own transactions, so that tables and indexes are what
 * normal writes leave; then does what autovacuum would do in its own time.
 */
final class LoadPopulation {
  private static final int CONNECTIONS = 4;

  private final MeasuredHub hub;
  private final GeneratorProcess generator;
  private final Path state;

  /**
   * @param state remembers how many patients are loaded
   */
  LoadPopulation(MeasuredHub hub, GeneratorProcess generator, Path state) {
    this.hub = hub;
    this.generator = generator;
    this.state = state;
  }

  /** How many patients an earlier run left; 0 when none. */
  static int loaded(Path state) throws IOException {
    return Files.exists(state) ? Integer.parseInt(Files.readString(state).strip()) : 0;
  }

  /**
   * What stands after it.
   *
   * @param rate resources a second, 0 when there was nothing to load
   * @param bytesOfResource tables and indexes by the number of resources
   * @param bytesOfJson of a resource as stored, on average
   */
  record Loaded(long resources, double rate, double bytesOfResource, double bytesOfJson) {}

  Loaded upTo(int patients) throws IOException, SQLException {
    var before = resources();
    var first = loaded(state);
    var seconds = 0.0;
    if (first < patients) {
      Files.deleteIfExists(state);
      seconds = load(first, patients).seconds();
      Files.writeString(state, Integer.toString(patients));
    }
    settle();
    return measure(before, seconds);
  }

  private LoadResult load(int first, int patients) {
    hub.putOrganization();
    var result = generator.run(LoadOrder.loading(hub.port(), first, patients, CONNECTIONS));
    if (!result.failure().isEmpty() || result.failures() > 0) {
      throw new LaunchFailure("Loading failed: " + result.failure());
    }
    return result;
  }

  private long resources() throws SQLException {
    try (var connection = hub.superuser();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from resource")) {
      row.next();
      return row.getLong(1);
    }
  }

  private void settle() throws SQLException {
    try (var connection = hub.superuser();
        var statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    }
  }

  /** Every table of the hub but Flyway's and the fixed list of types. */
  private Loaded measure(long before, double seconds) throws SQLException {
    try (var connection = hub.superuser();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select (select count(*) from resource),
                  (select sum(pg_total_relation_size(c.oid)) from pg_class c
                   join pg_namespace n on n.oid = c.relnamespace
                   where n.nspname = 'public' and c.relkind = 'r'
                     and c.relname not in ('flyway_schema_history', 'resource_type')),
                  (select avg(octet_length(content_text(content))) from
                    (select content from resource limit 10000) sample)
                """)) {
      row.next();
      var resources = row.getLong(1);
      return new Loaded(
          resources,
          seconds == 0 ? 0 : (resources - before) / seconds,
          row.getDouble(2) / resources,
          row.getDouble(3));
    }
  }
}
