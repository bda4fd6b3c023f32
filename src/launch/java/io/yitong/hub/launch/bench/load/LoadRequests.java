package io.yitong.hub.launch.bench.load;

import static io.yitong.hub.launch.bench.load.Population.RESULTS_OF_REPORT;

import io.yitong.hub.launch.bench.load.Ids.Kind;
import java.util.random.RandomGenerator;

/** The population as transactions of updates that create, with ids that follow from numbers. */
final class LoadRequests implements Work.Requests {
  /** In one transaction. */
  static final int PATIENTS = 5;

  private final Template head = Template.of("POST /fhir HTTP/1.1\r\nHost: localhost\r\n");
  private final Template start =
      Template.of("{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[");
  private final Template comma = Template.of(",");
  private final Template patient = put(ResourceTemplates.patient(), "Patient/<PATIENT>");
  private final Template encounter = put(ResourceTemplates.encounter(), "Encounter/<ENCOUNTER>");
  private final Template result = put(ResourceTemplates.result(), "Observation/<RESULT>");
  private final Template reportStart;
  private final Template reference = Template.of("{\"reference\":\"Observation/<RESULT>\"}");
  private final Template reportEnd;
  private final Template end = Template.of("]}");
  private final RandomGenerator random;
  private final long patients;
  private long next;

  /** All patients there are to be. */
  LoadRequests(Population population, RandomGenerator random) {
    this.random = random;
    this.patients = population.patients();
    var report =
        entry(ResourceTemplates.report("CUT"), "DiagnosticReport/<REPORT>").split("CUT", -1);
    this.reportStart = Template.of(report[0]);
    this.reportEnd = Template.of(report[1]);
  }

  /** Begins with this patient. */
  LoadRequests from(long first) {
    next = first;
    return this;
  }

  /** How many requests it takes from the first patient to the last. */
  static long count(long first, long patients) {
    return Math.max(0, (patients - first + PATIENTS - 1) / PATIENTS);
  }

  @Override
  public void next(RequestText into) {
    into.clear().add(head).beginBody().add(start);
    var last = Math.min(next + PATIENTS, patients);
    for (var each = next; each < last; each++) {
      if (each > next) {
        into.add(comma);
      }
      add(each, into);
    }
    next = last;
    into.add(end).endBody();
  }

  private void add(long number, RequestText into) {
    WorkRequests.describe(into, number);
    into.add(patient);
    for (var visit = 0; visit < Population.visits(number); visit++) {
      set(number, visit, into);
      into.add(comma).add(encounter).add(comma).add(reportStart);
      for (var i = 0; i < RESULTS_OF_REPORT; i++) {
        if (i > 0) {
          into.add(comma);
        }
        into.setId(Hole.RESULT, Kind.RESULT, resultId(number, visit, i)).add(reference);
      }
      into.add(reportEnd);
    }
    for (var i = 0; i < Population.resultsOf(number); i++) {
      set(number, i / RESULTS_OF_REPORT % Population.visits(number), into);
      into.setId(Hole.RESULT, Kind.RESULT, Population.result(number, i))
          .set(Hole.CODE, Population.code(number, i))
          .setNumber(Hole.VALUE, WorkRequests.value(random), '1')
          .add(comma)
          .add(result);
    }
  }

  private static long resultId(long patient, int visit, int place) {
    return Population.result(patient, visit * RESULTS_OF_REPORT + place);
  }

  private static void set(long patient, int visit, RequestText into) {
    var index = Population.visit(patient, visit);
    into.setId(Hole.ENCOUNTER, Kind.ENCOUNTER, index)
        .setId(Hole.REPORT, Kind.REPORT, index)
        .set(Hole.DAY, Population.dayOf(patient, visit))
        .set(Hole.TIME, Population.time(index));
  }

  private static Template put(String resource, String url) {
    return Template.of(entry(resource, url));
  }

  private static String entry(String resource, String url) {
    return "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s\"}}"
        .formatted(resource, url);
  }
}
