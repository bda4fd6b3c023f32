package io.yitong.hub.console;

import io.yitong.hub.console.PatientRecord.Analyte;
import io.yitong.hub.console.PatientRecord.LabResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Observation;

/** Sorts Observations of several sources into analytes. */
final class GroupResults {
  private static final Comparator<LabResult> NEWEST_FIRST =
      Comparator.<LabResult, Instant>comparing(
              result -> result.collectedAt().orElse(Instant.MIN), Comparator.reverseOrder())
          .thenComparing(
              result -> result.issuedAt().orElse(Instant.MIN), Comparator.reverseOrder());

  private final Naming naming;
  private final Map<String, List<Found>> found = new LinkedHashMap<>();

  GroupResults(Naming naming) {
    this.naming = naming;
  }

  private record Found(Observation observation, LabResult result) {}

  void add(Observation observation, LabResult result) {
    found
        .computeIfAbsent(ReadLabResult.analyteKey(observation), key -> new ArrayList<>())
        .add(new Found(observation, result));
  }

  /** What was examined last comes first; items of one examination by name. */
  List<Analyte> sorted() {
    return found.entrySet().stream()
        .map(entry -> analyte(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparing(Analyte::latest, NEWEST_FIRST)
                .thenComparing(analyte -> analyte.name().zh()))
        .toList();
  }

  private Analyte analyte(String key, List<Found> members) {
    var sorted =
        members.stream().sorted(Comparator.comparing(Found::result, NEWEST_FIRST)).toList();
    var latest =
        sorted.stream()
            .filter(each -> ReadLabResult.stands(each.observation()))
            .findFirst()
            .orElse(sorted.get(0));
    var code = latest.observation().getCode();
    return new Analyte(
        key,
        naming.of(code),
        Naming.loinc(code),
        ReadLabResult.writtenUnit(latest.observation()),
        sorted.size(),
        latest.result(),
        sorted.stream().map(Found::result).toList());
  }
}
