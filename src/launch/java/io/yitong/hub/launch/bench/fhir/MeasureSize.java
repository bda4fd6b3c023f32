package io.yitong.hub.launch.bench.fhir;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.MeasuredHub;
import io.yitong.hub.launch.bench.load.GeneratorProcess;
import io.yitong.hub.launch.bench.load.LoadOrder;
import io.yitong.hub.launch.bench.load.LoadResult;
import io.yitong.hub.launch.bench.load.Work;
import io.yitong.hub.launch.bench.load.Yardstick;
import io.yitong.hub.launch.bench.load.YardstickOrder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every row of the table at one size of the data. Reads first: writes add to what they find. */
final class MeasureSize {
  private static final int LOOKS = 5;
  private static final int RACERS = 8;
  private static final int RACES = 10;

  private final MeasuredHub hub;
  private final GeneratorProcess generator;
  private final Options options;
  private final int patients;
  private final PrintStream out;
  private final Map<String, LoadResult> yardsticks = new HashMap<>();
  private double resident;

  MeasureSize(
      MeasuredHub hub, GeneratorProcess generator, Options options, int patients, PrintStream out) {
    this.hub = hub;
    this.generator = generator;
    this.options = options;
    this.patients = patients;
    this.out = out;
  }

  /** In the order of the table. */
  List<Measured> run() {
    var rows = Row.all().stream().filter(row -> row.name().contains(options.only())).toList();
    var measured = new HashMap<Row, Measured>();
    for (var some : List.of(reads(rows), writes(rows))) {
      some.forEach(row -> warmUp(row, options.warm() / some.size()));
      some.forEach(row -> measured.put(row, measure(row)));
    }
    var all = new ArrayList<Measured>();
    rows.forEach(row -> all.add(measured.get(row)));
    if (options.only().isEmpty()) {
      all.add(race());
      all.add(Measured.figure("resident memory under load", 2_200.0, 600.0, resident, "MB", null));
    }
    return all;
  }

  private static List<Row> reads(List<Row> rows) {
    return rows.stream().filter(row -> !writes(row)).toList();
  }

  private static List<Row> writes(List<Row> rows) {
    return rows.stream().filter(MeasureSize::writes).toList();
  }

  private static boolean writes(Row row) {
    return switch (row.work()) {
      case CREATE_OBSERVATION, TRANSACTION, UPDATE_PATIENT -> true;
      default -> false;
    };
  }

  /** A hub that has run for a while is what is measured. */
  private void warmUp(Row row, double seconds) {
    generator.run(order(row, 0, seconds));
  }

  private Measured measure(Row row) {
    out.print(".");
    out.flush();
    var flaw = flawOfAnswers(row);
    if (flaw.isPresent()) {
      return Measured.failed(row.name(), row.reference(), row.required(), flaw.get());
    }
    var yardstick = row.yardstick().map(each -> yardstick(each, row.connections()));
    var hubBefore = hubCpu();
    var postgresBefore = MachineUse.cpuSeconds(hub.postgres());
    var whole = options.seconds() * 1.5;
    var result = generator.run(order(row, options.seconds() / 2, options.seconds()));
    var requests = result.rate() * whole;
    resident = Math.max(resident, MachineUse.residentMegabytes(hub.pid()));
    var plain = yardstick.map(each -> each.rate() / row.rowsOfYardstick()).orElse(null);
    return new Measured(
        row.name(),
        row.reference(),
        row.required(),
        result.rate(),
        "/s",
        true,
        result.p50(),
        result.p99(),
        row.longest().isPresent() ? (double) row.longest().getAsInt() : null,
        plain,
        plain == null ? null : result.rate() / plain,
        (hubCpu() - hubBefore) / requests * 1e6,
        (MachineUse.cpuSeconds(hub.postgres()) - postgresBefore) / requests * 1e6,
        result.cpuShare(),
        result.failures() == 0 && result.failure().isEmpty()
            ? null
            : "%d of %d failed: %s"
                .formatted(result.failures(), result.requests(), cut(result.failure())));
  }

  private double hubCpu() {
    return MachineUse.cpuSeconds(ProcessHandle.of(hub.pid()).orElseThrow());
  }

  /** A fast wrong answer is worth nothing: some are looked at before any is timed. */
  private Optional<String> flawOfAnswers(Row row) {
    if (row.hits().isEmpty()) {
      return Optional.empty();
    }
    var hits = row.hits().getAsInt();
    var result =
        generator.run(
            new LoadOrder(
                row.work(), hub.port(), patients, 0, 1, LOOKS, 0, 0, LOOKS, System.nanoTime()));
    if (!result.failure().isEmpty()) {
      return Optional.of(cut(result.failure()));
    }
    return result.samples().stream()
        .map(MeasureSize::hitsOf)
        .filter(found -> found != hits)
        .map(found -> "an answer holds %d, not %d".formatted(found, hits))
        .findFirst();
  }

  private static int hitsOf(String body) {
    try {
      var bundle = Http.JSON.readTree(body);
      return bundle.has("entry") ? bundle.get("entry").size() : bundle.path("total").asInt();
    } catch (JsonProcessingException e) {
      throw new LaunchFailure("An answer that is no JSON: " + cut(body), e);
    }
  }

  private LoadOrder order(Row row, double warm, double seconds) {
    return new LoadOrder(
        row.work(),
        hub.port(),
        patients,
        0,
        row.connections(),
        0,
        warm,
        seconds,
        0,
        System.nanoTime());
  }

  private LoadResult yardstick(Yardstick yardstick, int connections) {
    if (yardstick == Yardstick.PRIMARY_KEY_SELECT) {
      yardstick(Yardstick.COPY, connections);
    }
    return yardsticks.computeIfAbsent(
        yardstick + " " + connections,
        name ->
            generator.run(
                new YardstickOrder(
                    yardstick,
                    hub.yardstickUrl(),
                    hub.user(),
                    hub.password(),
                    connections,
                    Math.min(3, options.seconds()))));
  }

  /** Of many creates of one identifier at the same time, one creates and the others find. */
  private Measured race() {
    var conflicts = 0L;
    var name = "8 x 10 conditional creates: answers but 1 of 201, 79 of 200";
    for (var i = 0; i < RACES; i++) {
      var result =
          generator.run(
              new LoadOrder(
                  Work.CONDITIONAL_CREATE,
                  hub.port(),
                  patients,
                  0,
                  RACERS,
                  RACERS * RACES,
                  0,
                  0,
                  0,
                  System.nanoTime()));
      conflicts += result.failures() + Math.abs(result.statuses().getOrDefault(201, 0L) - 1);
    }
    return Measured.figure(name, 64.0, 0.0, conflicts, "", null);
  }

  /** The plain inserts that stand for no row: for who compares machines. */
  List<Measured> plainInserts() {
    if (!options.only().isEmpty()) {
      return List.of();
    }
    return List.of(
        plain("plain PostgreSQL: jsonb insert", yardstick(Yardstick.JSONB_INSERT, RACERS)),
        plain(
            "plain PostgreSQL: jsonb insert, 1 connection", yardstick(Yardstick.JSONB_INSERT, 1)));
  }

  private static Measured plain(String name, LoadResult result) {
    return new Measured(
        name,
        null,
        null,
        result.rate(),
        "/s",
        true,
        result.p50(),
        result.p99(),
        null,
        null,
        null,
        null,
        null,
        result.cpuShare(),
        null);
  }

  private static String cut(String text) {
    var line = text.replaceAll("\\R", " ");
    return line.length() > 300 ? line.substring(0, 300) + "…" : line;
  }
}
