package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.MeasuredHub;
import io.yitong.hub.launch.MeasuredHub.Packaging;
import io.yitong.hub.launch.Settings;
import io.yitong.hub.launch.bench.load.GeneratorProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * {@code ./yitong bench fhir}: the FHIR API and its store beside plain PostgreSQL, measured in one
 * run on a hub of its own, at one or several sizes of the data.
 */
public final class RunFhirBenchmark {
  private final Settings settings;
  private final Options options;
  private final PrintStream out;
  private final Path home;

  public RunFhirBenchmark(Settings settings, List<String> words, PrintStream out) {
    this.settings = settings;
    this.options = Options.parse(words);
    this.out = out;
    this.home = settings.home().resolve("bench-fhir");
  }

  /** False when a figure misses what is required of it. */
  public boolean run() {
    try (var hub = new MeasuredHub(settings.project(), home)) {
      var sizes = measure(hub);
      new Growth(sizes).print(out);
      out.println("Kept in " + keep(sizes));
      return sizes.stream().flatMap(size -> size.rows().stream()).allMatch(Measured::holds);
    } catch (IOException | SQLException e) {
      throw new LaunchFailure("The benchmark broke off: " + e, e);
    }
  }

  private List<MeasuredSize> measure(MeasuredHub hub) throws IOException, SQLException {
    var state = home.resolve("patients-loaded");
    var left = LoadPopulation.loaded(state);
    var reused = options.reuse() && left > 0 && left <= options.sizes().get(0);
    if (!reused) {
      Files.deleteIfExists(state);
    }
    hub.startDatabase(!reused);
    var starts =
        options.only().isEmpty() ? new MeasureStart(hub, options, home).run() : List.<Measured>of();
    hub.startHub(options.java(), options.flags(), Packaging.FAST_JAR);
    try (var generator = new GeneratorProcess()) {
      var load = new LoadPopulation(hub, generator, state);
      var sizes = new ArrayList<MeasuredSize>();
      for (var patients : options.sizes()) {
        sizes.add(measure(hub, generator, load, patients, starts));
      }
      return sizes;
    }
  }

  private MeasuredSize measure(
      MeasuredHub hub,
      GeneratorProcess generator,
      LoadPopulation load,
      int patients,
      List<Measured> starts)
      throws IOException, SQLException {
    out.printf("%d patients: loading ", patients);
    out.flush();
    var loaded = load.upTo(patients);
    out.printf(
        "%d resources, %.0f/s; measuring, after %.0f s of reads and as much of writes ",
        loaded.resources(), loaded.rate(), options.warm());
    var size = new MeasureSize(hub, generator, options, patients, out);
    var rows = new ArrayList<>(size.run());
    rows.addAll(size.plainInserts());
    rows.add(
        Measured.figure(
            "disk of a resource of %.0f B, all indexes".formatted(loaded.bytesOfJson()),
            9_973.0,
            2_500.0,
            loaded.bytesOfResource(),
            "B",
            null));
    rows.addAll(starts);
    out.println();
    var measured = new MeasuredSize(patients, loaded.resources(), rows);
    new Table(measured).print(out);
    return measured;
  }

  private Path keep(List<MeasuredSize> sizes) throws IOException {
    var file = settings.project().resolve("target/bench/fhir.json");
    Files.createDirectories(file.getParent());
    var kept = new LinkedHashMap<String, Object>();
    kept.put("machine", machine());
    kept.put("seconds", options.seconds());
    kept.put("warmUpSeconds", options.warm());
    kept.put("java", options.java() + " " + String.join(" ", options.flags()));
    kept.put("sizes", sizes);
    Http.JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), kept);
    return file;
  }

  private static String machine() {
    return "%d processors, %s %s; hub, PostgreSQL and load generator on it"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
  }
}
