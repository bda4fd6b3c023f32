package io.yitong.hub.launch.demo;

import io.yitong.hub.launch.LaunchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** What a liver panel is made of, in an institution's own codes, with values drawn by lot. */
final class LiverPanel {
  private LiverPanel() {}

  /**
   * One analyte as a laboratory reports it.
   *
   * @param code the institution's own
   * @param range reference range as printed
   * @param flag H, L or N
   */
  record Result(
      String loinc,
      String code,
      String name,
      String value,
      String unit,
      String range,
      String flag) {}

  /** Draws a value for every analyte that the panel needs. */
  static List<Result> draw(Random lot, Path project, String institution) {
    var local = localCodes(project, institution);
    return rows(resource("/demo/liver-panel.csv")).stream()
        .map(row -> result(lot, row, local))
        .toList();
  }

  private static Result result(
      Random lot, Map<String, String> row, Map<String, Map<String, String>> local) {
    var loinc = row.get("loinc");
    var own = local.get(loinc);
    if (own == null) {
      throw new LaunchFailure("The institution's code map has no code for LOINC " + loinc);
    }
    var low = Double.parseDouble(row.get("low"));
    var high = Double.parseDouble(row.get("high"));
    var from = Double.parseDouble(row.get("draw_low"));
    var to = Double.parseDouble(row.get("draw_high"));
    var value = from + lot.nextDouble() * (to - from);
    var flag = value < low ? "L" : value > high ? "H" : "N";
    return new Result(
        loinc,
        own.get("code"),
        own.get("display"),
        String.format(Locale.ROOT, "%." + row.get("decimals") + "f", value),
        own.get("unit"),
        row.get("low") + "-" + row.get("high"),
        flag);
  }

  /** The institution's code map, by LOINC code. */
  private static Map<String, Map<String, String>> localCodes(Path project, String institution) {
    var file = project.resolve("camel-routes/institutions/" + institution + "-codes.csv");
    try {
      return rows(Files.readAllLines(file)).stream()
          .filter(row -> !row.getOrDefault("loinc", "").isEmpty())
          .collect(Collectors.toMap(row -> row.get("loinc"), row -> row, (first, second) -> first));
    } catch (IOException e) {
      throw new LaunchFailure("Cannot read " + file, e);
    }
  }

  private static List<Map<String, String>> rows(List<String> lines) {
    var names = lines.get(0).split(",", -1);
    return lines.stream()
        .skip(1)
        .filter(line -> !line.isBlank())
        .map(
            line -> {
              var cells = line.split(",", -1);
              var row = new HashMap<String, String>();
              for (var i = 0; i < names.length; i++) {
                row.put(names[i].trim(), cells[i].trim());
              }
              return (Map<String, String>) row;
            })
        .toList();
  }

  private static List<String> resource(String name) {
    try (var in = LiverPanel.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new LaunchFailure("Cannot read " + name, e);
    }
  }
}
