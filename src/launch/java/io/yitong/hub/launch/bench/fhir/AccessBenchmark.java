package io.yitong.hub.launch.bench.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.yitong.hub.launch.GuardedHub;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.MeasuredHub;
import io.yitong.hub.launch.MeasuredHub.Packaging;
import io.yitong.hub.launch.Region;
import io.yitong.hub.launch.bench.BenchContext;
import io.yitong.hub.launch.bench.Benchmark;
import io.yitong.hub.launch.bench.Figure;
import io.yitong.hub.launch.bench.load.GeneratorProcess;
import io.yitong.hub.launch.bench.load.LoadOrder;
import io.yitong.hub.launch.bench.load.LoadResult;
import io.yitong.hub.launch.bench.load.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What authorisation, consent and audit take of reads and searches: two hubs on the same data, one
 * without any of them, asked in turns, so that what else goes on on the machine meets both. The
 * caller is a hospital's system whose token Keycloak gave; the data are another institution's, and
 * every patient is in the caller's care. One patient in fifty has a Consent.
 */
public final class AccessBenchmark implements Benchmark {
  private static final int PATIENTS = 1_000;

  /** As many as keep both processors busy while some wait for their group of the audit. */
  private static final int CONNECTIONS = 32;

  private static final int ROUNDS = 3;
  private static final double SECONDS = 3;

  /** Each row, of each hub: a process compiles for minutes what it does. */
  private static final double WARM = 12;

  private static final int WARM_ROUNDS = 3;
  private static final int LOOKS = 3;
  private static final double LEAST_RATE = 0.85;
  private static final double LONGEST_P99 = 1.15;
  private static final String HOSPITAL = "urn:yitong:institution:500106-university-hospital";

  /** Those of {@code ./yitong up}. */
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx512m", "-Xmn128m", "-XX:+UseSerialGC");

  @Override
  public String name() {
    return "access";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    var stack = context.stack();
    var home = stack.settings().home().resolve("bench-access");
    var state = home.resolve("patients-loaded");
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    token(context); // before a minute of loading: the issuer has to be running
    Files.deleteIfExists(state);
    try (var hub = new MeasuredHub(stack.settings().project(), home);
        var generator = new GeneratorProcess()) {
      hub.startDatabase(true);
      hub.startHub(java, FLAGS, Packaging.FAST_JAR);
      new LoadPopulation(hub, generator, state).upTo(PATIENTS);
      putInCare(hub);
      try (var guarded = hub.startGuarded(java, FLAGS, stack.trusting(Region.CHONGQING))) {
        return measure(context, hub, guarded, generator);
      }
    }
  }

  /** As if each had an open Encounter at the caller's hospital. */
  private static void putInCare(MeasuredHub hub) throws Exception {
    try (var connection = hub.superuser();
        var statement = connection.createStatement()) {
      var patients =
          "from resource r join resource_type t on t.code = r.type and t.name = 'Patient'";
      statement.execute(
          ("insert into care_relation (patient, institution, source, until)"
                      + " select r.fhir_id, '%s', 'Encounter/' || r.fhir_id, 'infinity' ")
                  .formatted(HOSPITAL)
              + patients);
      statement.execute(
          "insert into consent_rule (consent, place, depth, permit, patient, purposes, since, until)"
              + " select r.fhir_id, 0, 0, false, r.fhir_id, '{HRESCH}', '-infinity', 'infinity' "
              + patients
              + " where hashtext(r.fhir_id) % 50 = 0");
      statement.execute("select refresh_patient_access(array(select r.fhir_id " + patients + "))");
      statement.execute("vacuum analyze");
      statement.execute("checkpoint");
    }
  }

  private static List<Figure> measure(
      BenchContext context, MeasuredHub hub, GuardedHub guarded, GeneratorProcess generator) {
    var rows = Row.all().stream().filter(row -> row.isSearch() || row.work() == Work.READ).toList();
    for (var round = 0; round < WARM_ROUNDS; round++) {
      for (var row : rows) {
        generator.run(order(row, hub.port(), "", WARM / WARM_ROUNDS));
        generator.run(order(row, guarded.port(), token(context), WARM / WARM_ROUNDS));
      }
    }
    var figures = new ArrayList<Figure>();
    for (var row : rows) {
      requireSameAnswers(row, hub, guarded, generator, token(context));
      figures.addAll(compare(context, row, hub, guarded, generator));
    }
    return figures;
  }

  /** In turns; the median of the rounds' ratios. */
  private static List<Figure> compare(
      BenchContext context,
      Row row,
      MeasuredHub hub,
      GuardedHub guarded,
      GeneratorProcess generator) {
    var off = new LoadResult[ROUNDS];
    var on = new LoadResult[ROUNDS];
    for (var round = 0; round < ROUNDS; round++) {
      off[round] = run(generator, order(row, hub.port(), "", SECONDS));
      on[round] = run(generator, order(row, guarded.port(), token(context), SECONDS));
    }
    var conditions =
        "%s; %d patients, %d connections, %d rounds of %.0f s each in turns"
            .formatted(context.describeMachine(), PATIENTS, CONNECTIONS, ROUNDS, SECONDS);
    var rates = median(off, on, LoadResult::rate);
    var latencies = median(off, on, LoadResult::p99);
    return List.of(
        new Figure(
            "%s, rate: off %.0f/s, on %.0f/s"
                .formatted(row.name(), median(off, LoadResult::rate), median(on, LoadResult::rate)),
            rates,
            "on/off",
            Figure.Better.higher,
            LEAST_RATE,
            "issue 4: at most 15% of throughput",
            conditions),
        new Figure(
            String.format(
                Locale.ROOT,
                "%s, p99: off %.1f ms, on %.1f ms",
                row.name(),
                median(off, LoadResult::p99),
                median(on, LoadResult::p99)),
            latencies,
            "on/off",
            Figure.Better.lower,
            LONGEST_P99,
            "issue 4: at most 15% of p99",
            conditions));
  }

  private interface Of {
    double result(LoadResult result);
  }

  private static double median(LoadResult[] off, LoadResult[] on, Of figure) {
    var ratios = new double[ROUNDS];
    for (var round = 0; round < ROUNDS; round++) {
      ratios[round] = figure.result(on[round]) / figure.result(off[round]);
    }
    Arrays.sort(ratios);
    return ratios[ROUNDS / 2];
  }

  private static double median(LoadResult[] results, Of figure) {
    return Stream.of(results).mapToDouble(figure::result).sorted().toArray()[ROUNDS / 2];
  }

  private static LoadResult run(GeneratorProcess generator, LoadOrder order) {
    var result = generator.run(order);
    if (!result.failure().isEmpty()) {
      throw new LaunchFailure("A request failed: " + result.failure());
    }
    return result;
  }

  /** But for the Person, which a hospital does not see. */
  private static void requireSameAnswers(
      Row row, MeasuredHub hub, GuardedHub guarded, GeneratorProcess generator, String token) {
    var seed = System.nanoTime();
    var open = looks(generator, row, hub.port(), "", seed);
    var held = looks(generator, row, guarded.port(), token, seed);
    if (!open.equals(held)) {
      throw new LaunchFailure("%s: answers hold %s and %s".formatted(row.name(), open, held));
    }
  }

  private static List<Long> looks(
      GeneratorProcess generator, Row row, int port, String token, long seed) {
    var order = new LoadOrder(row.work(), port, PATIENTS, 0, 1, LOOKS, 0, 0, LOOKS, seed, token);
    return run(generator, order).samples().stream().map(AccessBenchmark::resources).toList();
  }

  private static long resources(String body) {
    try {
      var answer = Http.JSON.readTree(body);
      if (!answer.has("entry")) {
        return answer.path("total").asLong();
      }
      var found = 0L;
      for (var entry : answer.get("entry")) {
        found += entry.at("/resource/resourceType").asText().equals("Person") ? 0 : 1;
      }
      return found;
    } catch (JsonProcessingException e) {
      throw new LaunchFailure("An answer that is no JSON: " + e.getMessage(), e);
    }
  }

  private static String token(BenchContext context) {
    return context.token(Region.CHONGQING, "chongqing-his");
  }

  private static LoadOrder order(Row row, int port, String token, double seconds) {
    return new LoadOrder(
        row.work(), port, PATIENTS, 0, CONNECTIONS, 0, 0.5, seconds, 0, System.nanoTime(), token);
  }
}
