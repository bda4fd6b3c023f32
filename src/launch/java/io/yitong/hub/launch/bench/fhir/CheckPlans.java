package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.MeasuredHub;
import io.yitong.hub.launch.MeasuredHub.Packaging;
import io.yitong.hub.launch.Stack;
import io.yitong.hub.launch.bench.load.GeneratorProcess;
import io.yitong.hub.launch.bench.load.LoadOrder;
import io.yitong.hub.launch.campaign.Campaign;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Has PostgreSQL explain every statement of the benchmark's rows at a million resources, as it ran,
 * and refuses a sequential scan of anything large.
 */
public final class CheckPlans implements Campaign {
  /** 46 resources each. */
  private static final int PATIENTS = 22_000;

  /** Smaller tables are best read whole. */
  private static final int LARGE = 10_000;

  /** Enough for PostgreSQL to go over from plans made for values to general ones. */
  private static final int REQUESTS = 300;

  private static final Pattern SEQUENTIAL = Pattern.compile("Seq Scan on (?:\\w+\\.)?(\\w+)");
  private static final Pattern STATEMENT = Pattern.compile("duration: \\S+ ms +plan:");

  @Override
  public String name() {
    return "plans";
  }

  @Override
  public String purpose() {
    return "explains each hot query at a million resources: [--patients N] [--reuse]";
  }

  @Override
  public boolean run(Stack stack, List<String> words, PrintStream out) throws Exception {
    var options = Options.parse(words);
    var patients = words.contains("--patients") ? options.sizes().get(0) : PATIENTS;
    var home = stack.settings().home().resolve("bench-fhir");
    var state = home.resolve("patients-loaded");
    var left = LoadPopulation.loaded(state);
    var reused = options.reuse() && left > 0 && left <= patients;
    try (var hub = new MeasuredHub(stack.settings().project(), home);
        var generator = new GeneratorProcess()) {
      if (!reused) {
        Files.deleteIfExists(state);
      }
      hub.startDatabase(!reused);
      hub.startHub(options.java(), options.flags(), Packaging.FAST_JAR);
      var loaded = new LoadPopulation(hub, generator, state).upTo(patients);
      out.printf("%d patients, %d resources%n", patients, loaded.resources());
      hub.stopHub();
      explainAll(hub);
      hub.startHub(options.java(), options.flags(), Packaging.FAST_JAR);
      var large = largeTables(hub);
      var good = true;
      for (var row : Row.all()) {
        good &= check(row, hub, generator, patients, large, out);
      }
      return good;
    }
  }

  private static boolean check(
      Row row,
      MeasuredHub hub,
      GeneratorProcess generator,
      int patients,
      Set<String> large,
      PrintStream out)
      throws IOException {
    var before = Files.size(hub.databaseLog());
    var result =
        generator.run(new LoadOrder(row.work(), hub.port(), patients, 0, 1, REQUESTS, 0, 0, 0, 1));
    var log = Files.readAllBytes(hub.databaseLog());
    var plans = new String(log, (int) before, (int) (log.length - before), StandardCharsets.UTF_8);
    var statements = STATEMENT.matcher(plans).results().count();
    var scanned =
        SEQUENTIAL
            .matcher(plans)
            .results()
            .map(found -> found.group(1))
            .filter(large::contains)
            .collect(Collectors.toCollection(TreeSet::new));
    var flaw =
        !result.failure().isEmpty()
            ? "FAILED: " + result.failure()
            : statements == 0
                ? "NOTHING EXPLAINED"
                : scanned.isEmpty() ? "no sequential scan" : "SEQUENTIAL SCAN of " + scanned;
    out.printf("  %-48s %5d statements explained, %s%n", row.name(), statements, flaw);
    return result.failure().isEmpty() && statements > 0 && scanned.isEmpty();
  }

  /** By the module that comes with PostgreSQL, in every session that begins from here on. */
  private static void explainAll(MeasuredHub hub) throws SQLException {
    try (var connection = hub.superuser();
        var statement = connection.createStatement()) {
      for (var setting :
          List.of(
              "session_preload_libraries = 'auto_explain'",
              "auto_explain.log_min_duration = 0",
              "auto_explain.log_nested_statements = on")) {
        statement.execute("alter database %s set %s".formatted(connection.getCatalog(), setting));
      }
    }
  }

  private static Set<String> largeTables(MeasuredHub hub) throws SQLException {
    try (var connection = hub.superuser();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select relname from pg_class where relkind = 'r' and reltuples > " + LARGE)) {
      var tables = new TreeSet<String>();
      while (rows.next()) {
        tables.add(rows.getString(1));
      }
      if (tables.isEmpty()) {
        throw new LaunchFailure("There is no large table to look out for");
      }
      return tables;
    }
  }
}
