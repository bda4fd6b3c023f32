package io.yitong.hub.launch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the quality-control body publishes in the demonstration: the Linshui county laboratory took
 * part in the assessment of the 川渝 scope and passed, its internal control is in control. Sent as
 * anyone in that role would send it.
 */
public final class QualityEvidence {
  private static final String LABORATORY = "urn:yitong:institution:511623-people-hospital";
  private static final String SCOPE = "chuanyu";
  private static final String ROUND = "demo";
  private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

  private final Stack stack;

  public QualityEvidence(Stack stack) {
    this.stack = stack;
  }

  /** Valid for another half year; both hubs are told. */
  public void passed() {
    publish(LocalDate.now(CHINA).plusMonths(6));
    var since = assessed().atStartOfDay(CHINA).toOffsetDateTime();
    var csv = new StringBuilder("laboratory,loinc,status,since\n");
    for (var loinc : items()) {
      csv.append("%s,%s,in-control,%s%n".formatted(LABORATORY, loinc, since));
    }
    post("/quality/iqc", csv.toString());
  }

  /** It counted until the day before yesterday. */
  public void lapsed() {
    publish(LocalDate.now(CHINA).minusDays(2));
  }

  private void publish(LocalDate validUntil) {
    var csv =
        new StringBuilder("laboratory,loinc,scope,round,result,surveyed,published,valid_until\n");
    for (var loinc : items()) {
      csv.append(
          "%s,%s,%s,%s,passed,%s,%s,%s%n"
              .formatted(
                  LABORATORY, loinc, SCOPE, ROUND, assessed(), assessed().plusDays(5), validUntil));
    }
    post("/quality/eqa", csv.toString());
  }

  private void post(String path, String csv) {
    for (var region : Region.values()) {
      var answer =
          stack
              .http()
              .send(
                  "POST",
                  URI.create(stack.hub(region).address() + path),
                  stack.tokens().of(region, "quality-body"),
                  "text/csv",
                  csv);
      if (answer.status() >= 300) {
        throw new LaunchFailure(
            "The %s hub refused quality evidence: HTTP %d %s"
                .formatted(region.code(), answer.status(), answer.body()));
      }
    }
  }

  /** The first day of the month before last, so that the same evidence is sent all month. */
  private static LocalDate assessed() {
    return LocalDate.now(CHINA).minusMonths(2).withDayOfMonth(1);
  }

  /** Every analyte of every charge item that names LOINC codes (rules/recognition). */
  private List<String> items() {
    var file =
        stack.settings().project().resolve("src/main/resources/rules/recognition/charge-items.csv");
    try {
      return Files.readAllLines(file).stream()
          .skip(1)
          .flatMap(
              line -> {
                var cells = line.split(",", -1);
                return Stream.of(cells[4].split(" ", -1), cells[5].split(" ", -1))
                    .flatMap(Arrays::stream);
              })
          .filter(loinc -> !loinc.isBlank())
          .distinct()
          .toList();
    } catch (IOException e) {
      throw new LaunchFailure("Cannot read " + file, e);
    }
  }
}
