package io.yitong.hub.launch.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import io.yitong.hub.launch.Region;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Resources a second through {@code $import} and {@code $export}, from the first request to the
 * manifest, and the heap that the hub uses meanwhile. With tokens, access filter and audit.
 */
public final class BulkBenchmark implements Benchmark {
  private static final Region REGION = Region.CHONGQING;
  private static final String CLIENT = "chongqing-his";
  private static final int FILES = 16;

  /** Of them, to warm the hub up. */
  private static final int FIRST = 6;

  private static final Duration BETWEEN = Duration.ofMillis(100);

  private final HttpClient client = HttpClient.newHttpClient();
  private double heap;
  private String token;
  private long tokenTaken;

  @Override
  public String name() {
    return "bulk";
  }

  @Override
  public List<Figure> run(BenchContext context) throws Exception {
    var bodies = new ArrayList<BulkLines>();
    for (var file = 0; file < FILES; file++) {
      bodies.add(BulkLines.make());
    }
    importAll(context, bodies.subList(0, FIRST));
    heap = 0;
    var imported = rate(context, () -> importAll(context, bodies.subList(FIRST, FILES)));
    var importHeap = heap;
    exporting(context);
    heap = 0;
    var exported = rate(context, () -> exporting(context));
    var conditions =
        "%s; hub, PostgreSQL and client on it; %d files of %d resources of 1.1 kB, six more before them; export of Patient and Observation, files written and synced; -Xmx512m"
            .formatted(context.describeMachine(), FILES - FIRST, bodies.get(0).lines());
    return List.of(
        figure("$import", imported, "1/s", Figure.Better.higher, 8_000.0, conditions),
        figure("$import, peak heap", importHeap, "MB", Figure.Better.lower, 512.0, conditions),
        figure("$export", exported, "1/s", Figure.Better.higher, 60_000.0, conditions),
        figure("$export, peak heap", heap, "MB", Figure.Better.lower, 512.0, conditions));
  }

  private static Figure figure(
      String name,
      double value,
      String unit,
      Figure.Better better,
      double required,
      String conditions) {
    return new Figure(name, value, unit, better, required, "issue 3", conditions);
  }

  /** Work that says how many resources it moved. */
  private interface Moving {
    long resources() throws IOException, InterruptedException;
  }

  private double rate(BenchContext context, Moving work) throws IOException, InterruptedException {
    sampleHeap(context);
    var start = System.nanoTime();
    var resources = work.resources();
    return resources / ((System.nanoTime() - start) / 1e9);
  }

  private long importAll(BenchContext context, List<BulkLines> bodies)
      throws IOException, InterruptedException {
    var jobs = new ArrayList<String>();
    for (var body : bodies) {
      jobs.add(accepted(context, "POST", "$import", body.text()));
    }
    var lines = 0L;
    for (var i = 0; i < jobs.size(); i++) {
      requireAll(finished(context, jobs.get(i)), bodies.get(i).lines());
      lines += bodies.get(i).lines();
    }
    return lines;
  }

  private void importing(BenchContext context, BulkLines body)
      throws IOException, InterruptedException {
    requireAll(finished(context, accepted(context, "POST", "$import", body.text())), body.lines());
  }

  private static void requireAll(JsonNode manifest, long lines) {
    if (manifest.path("error").size() > 0) {
      throw new LaunchFailure("Not all of %d lines were imported: %s".formatted(lines, manifest));
    }
  }

  private long exporting(BenchContext context) throws IOException, InterruptedException {
    var manifest =
        finished(context, accepted(context, "GET", "$export?_type=Patient,Observation", null));
    var resources = 0L;
    for (var file : manifest.path("output")) {
      resources += file.path("count").asLong();
    }
    return resources;
  }

  /** Path of the job's status. */
  private String accepted(BenchContext context, String method, String path, String ndjson)
      throws IOException, InterruptedException {
    var request =
        request(context, "/fhir/" + path)
            .header("Prefer", "respond-async")
            .header("Content-Type", "application/fhir+ndjson")
            .method(
                method,
                ndjson == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(ndjson, StandardCharsets.UTF_8));
    var answer = client.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new LaunchFailure("HTTP %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    var location = answer.headers().firstValue("Content-Location").orElseThrow();
    return location.substring(location.indexOf("/fhir/"));
  }

  private JsonNode finished(BenchContext context, String job)
      throws IOException, InterruptedException {
    while (true) {
      var answer = client.send(request(context, job).build(), BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        return Http.JSON.readTree(answer.body());
      }
      if (answer.statusCode() != 202) {
        throw new LaunchFailure("HTTP %d: %s".formatted(answer.statusCode(), answer.body()));
      }
      sampleHeap(context);
      Thread.sleep(BETWEEN.toMillis());
    }
  }

  private HttpRequest.Builder request(BenchContext context, String path) {
    return HttpRequest.newBuilder(URI.create(context.hub(REGION) + path))
        .header("Authorization", "Bearer " + token(context));
  }

  /** One token for a while: they last 5 minutes, and asking for one takes processor time. */
  private String token(BenchContext context) {
    if (token == null || System.nanoTime() - tokenTaken > Duration.ofMinutes(2).toNanos()) {
      token = context.token(REGION, CLIENT);
      tokenTaken = System.nanoTime();
    }
    return token;
  }

  private void sampleHeap(BenchContext context) {
    var metrics = context.stack().http().get(context.hub(REGION).resolve("/q/metrics"), null);
    heap =
        Math.max(
            heap,
            metrics
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("jvm_memory_used_bytes"))
                    .filter(line -> line.contains("\"heap\""))
                    .mapToDouble(
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum()
                / 1e6);
  }
}
