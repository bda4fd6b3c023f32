package io.yitong.hub.launch.bench;

import io.yitong.hub.launch.Http;
import io.yitong.hub.launch.LaunchFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Runs one benchmark, prints its table and keeps it in {@code target/bench/NAME.json}. */
public final class RunBenchmark {
  private final BenchContext context;
  private final PrintStream out;

  public RunBenchmark(BenchContext context, PrintStream out) {
    this.context = context;
    this.out = out;
  }

  /** False when a figure misses what is required of it. */
  public boolean run(String name) {
    var figures = measure(find(name));
    print(figures);
    var file = keep(name, figures);
    out.println();
    out.println("Kept in " + file);
    return figures.stream().allMatch(Figure::holds);
  }

  private static Benchmark find(String name) {
    var all =
        ServiceLoader.load(Benchmark.class).stream().map(ServiceLoader.Provider::get).toList();
    return all.stream()
        .filter(benchmark -> benchmark.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LaunchFailure(
                    "Which benchmark? There are: "
                        + all.stream()
                            .map(Benchmark::name)
                            .sorted()
                            .collect(Collectors.joining(", "))));
  }

  private List<Figure> measure(Benchmark benchmark) {
    try {
      return benchmark.run(context);
    } catch (LaunchFailure e) {
      throw e;
    } catch (Exception e) {
      throw new LaunchFailure("The benchmark %s broke off: %s".formatted(benchmark.name(), e), e);
    }
  }

  private void print(List<Figure> figures) {
    out.printf("%-44s %12s %-10s %14s  %s%n", "what", "measured", "unit", "required", "");
    for (var figure : figures) {
      var required =
          figure.required() == null
              ? ""
              : (figure.better() == Figure.Better.higher ? "≥ " : "≤ ") + number(figure.required());
      out.printf(
          "%-44s %12s %-10s %14s  %s%n",
          figure.name(),
          number(figure.value()),
          figure.unit(),
          required,
          figure.required() == null ? "" : figure.holds() ? "holds" : "MISSED");
    }
    figures.stream().map(Figure::conditions).distinct().forEach(text -> out.println("  " + text));
  }

  private Path keep(String name, List<Figure> figures) {
    var file = context.stack().settings().project().resolve("target/bench/" + name + ".json");
    try {
      Files.createDirectories(file.getParent());
      Http.JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
      return file;
    } catch (IOException e) {
      throw new LaunchFailure("Cannot write " + file, e);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
