package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param sizes numbers of patients, growing
 * @param seconds each row is measured for, after half as long a warm-up of its own
 * @param warm seconds that all reads together, and all writes together, run before any is measured
 * @param only rows whose name holds this text; empty for all
 * @param reuse whether data of an earlier run may serve
 */
record Options(
    List<Integer> sizes,
    double seconds,
    double warm,
    String only,
    boolean reuse,
    Path java,
    List<String> flags) {
  private static final List<Integer> ALL_SIZES = List.of(1_000, 8_000, 64_000);

  /** Those of {@code ./yitong up}. */
  private static final List<String> FLAGS =
      List.of("-Xms256m", "-Xmx512m", "-Xmn128m", "-XX:+UseSerialGC");

  static Options parse(List<String> words) {
    var sizes = List.of(1_000);
    var seconds = 6.0;
    var warm = 45.0;
    var only = "";
    var reuse = false;
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var flags = FLAGS;
    for (var i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--patients" -> sizes = sizes(value(words, ++i));
        case "--all-sizes" -> sizes = ALL_SIZES;
        case "--seconds" -> seconds = number(value(words, ++i));
        case "--warm" -> warm = number(value(words, ++i));
        case "--only" -> only = value(words, ++i);
        case "--reuse" -> reuse = true;
        case "--java" -> java = Path.of(value(words, ++i));
        case "--flags" -> flags = List.of(value(words, ++i).split(" ", -1));
        default -> throw new LaunchFailure(usage(words.get(i)));
      }
    }
    return new Options(sizes, seconds, warm, only, reuse, java, flags);
  }

  /** The JDK whose ahead-of-time cache is asked for, where there is one. */
  static Optional<Path> java25() {
    var named = Optional.ofNullable(System.getenv("YITONG_JDK25")).map(Path::of).stream();
    return Stream.concat(named, installed())
        .map(folder -> folder.resolve("bin/java"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static Stream<Path> installed() {
    var folder = Path.of("/usr/lib/jvm");
    try (var all = Files.list(folder)) {
      return all
          .filter(path -> path.getFileName().toString().matches(".*-25(-.*)?"))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static List<Integer> sizes(String text) {
    var sizes = new ArrayList<Integer>();
    for (var word : text.split(",", -1)) {
      sizes.add((int) number(word));
    }
    if (sizes.stream().anyMatch(size -> size < 1_000)
        || !sizes.equals(sizes.stream().sorted().toList())) {
      throw new LaunchFailure("--patients: 1000 or more, several parted by commas and growing");
    }
    return sizes;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new LaunchFailure("'%s' is no number".formatted(text), e);
    }
  }

  private static String value(List<String> words, int at) {
    if (at >= words.size()) {
      throw new LaunchFailure(usage(words.get(at - 1)));
    }
    return words.get(at);
  }

  private static String usage(String word) {
    return """
        %s: ./yitong bench fhir
          [--patients 1000|8000|64000]  or several parted by commas; 1000 by default
          [--all-sizes]                 1000, 8000 and 64000, and how the figures grow
          [--seconds N]                 each row is measured for; 6 by default
          [--warm N]                    seconds of reads, and of writes, before any is measured; 45 by default
          [--only TEXT]                 rows whose name holds the text
          [--reuse]                     the data an earlier run left, when they are of the size asked for or smaller
          [--java FILE] [--flags TEXT]  how the hub's process is started"""
        .formatted(word);
  }
}
