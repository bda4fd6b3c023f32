package io.yitong.hub.launch.bench;

import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Progress;
import io.yitong.hub.launch.Region;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Seconds from the start of a hub's process until it says it is ready, and the heap it uses once it
 * has answered some requests. Each hub is stopped and started again.
 */
public final class StartBenchmark implements Benchmark {
  private static final int ROUNDS = 3;
  private static final int REQUESTS = 2_000;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    var figures = new ArrayList<Figure>();
    for (var region : Region.values()) {
      var worst = 0.0;
      for (var round = 0; round < ROUNDS; round++) {
        worst = Math.max(worst, restart(context, region));
      }
      var conditions =
          "%s; worst of %d starts on existing data, nothing else starting"
              .formatted(context.describeMachine(), ROUNDS);
      figures.add(
          new Figure(
              "start, " + region.code(),
              worst,
              "s",
              Figure.Better.lower,
              8.0,
              "issue 2: under 8 s once built",
              conditions));
      figures.add(
          new Figure(
              "heap in use, " + region.code(),
              heapAfterLoad(context, region),
              "MB",
              Figure.Better.lower,
              512.0,
              "issue 2: under 512 MB each",
              "%s; -Xmx512m; after %d requests, peak of the samples"
                  .formatted(context.describeMachine(), REQUESTS)));
    }
    return figures;
  }

  private static double restart(BenchContext context, Region region) throws Exception {
    var hub = context.stack().hub(region);
    hub.stop();
    var start = System.nanoTime();
    hub.start();
    hub.awaitReady(
        new Progress(
            new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)));
    return (System.nanoTime() - start) / 1e9;
  }

  private static double heapAfterLoad(BenchContext context, Region region) {
    var http = context.stack().http();
    var address = context.hub(region);
    var peak = 0.0;
    for (var i = 0; i < REQUESTS; i++) {
      http.get(address.resolve("/fhir/metadata"), null);
      if (i % 50 == 0) {
        peak = Math.max(peak, heap(http.get(address.resolve("/q/metrics"), null)));
      }
    }
    return peak;
  }

  /** Sum of the heap's pools, in MB, from the Prometheus text. */
  private static double heap(Http.Answer metrics) {
    if (metrics.status() != 200) {
      throw new LaunchFailure("/q/metrics answered HTTP " + metrics.status());
    }
    return metrics
            .body()
            .lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
            .sum()
        / 1e6;
  }
}
