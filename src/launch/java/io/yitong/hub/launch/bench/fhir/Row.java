package io.yitong.hub.launch.bench.fhir;

import io.yitong.hub.launch.bench.load.Work;
import io.yitong.hub.launch.bench.load.Yardstick;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A row of the table: what is asked, what the reference server reached, what is required.
 *
 * @param reference requests a second of HAPI FHIR JPA 8.8.0, measured once on such a machine
 * @param required requests a second
 * @param longest required p99 in milliseconds; empty when none is
 * @param hits what each answer holds, so that a fast wrong answer does not count
 * @param yardstick what plain PostgreSQL does instead
 * @param rowsOfYardstick how many of its rows one request stands for
 */
record Row(
    String name,
    Work work,
    int connections,
    double reference,
    double required,
    OptionalInt longest,
    OptionalInt hits,
    Optional<Yardstick> yardstick,
    int rowsOfYardstick) {

  private static final int CONNECTIONS = 8;

  /** In the order of the table. */
  static List<Row> all() {
    return List.of(
        of("POST Observation (1.1 kB)", Work.CREATE_OBSERVATION, 410, 2_000)
            .within(20)
            .by(Yardstick.DOCUMENT_AND_INDEX, 1),
        of("the same, 1 connection", Work.CREATE_OBSERVATION, 158, 700)
            .by(Yardstick.DOCUMENT_AND_INDEX, 1)
            .alone(),
        of("transaction of 13", Work.TRANSACTION, 62.5, 350).within(60).by(Yardstick.COPY, 12),
        of("GET by id", Work.READ, 1_256, 6_000).within(6).by(Yardstick.PRIMARY_KEY_SELECT, 1),
        of("PUT Patient", Work.UPDATE_PATIENT, 366, 1_500),
        of("Observation?patient&category&_sort=-date", Work.RESULTS_OF_PATIENT, 88, 800)
            .within(30)
            .hits(43),
        of("Observation?code&date=ge&_count=50", Work.RESULTS_BY_CODE_AND_DATE, 60, 600).hits(50),
        // 52 resources of the patient, and the Organization and the Person they refer to
        of("Patient/$everything", Work.EVERYTHING, 82, 600).hits(54),
        of("Patient?identifier", Work.PATIENT_BY_IDENTIFIER, 430, 3_500).hits(1),
        of("Patient?family&birthdate=ge", Work.PATIENT_BY_FAMILY_AND_BIRTH, 160, 1_000).hits(18),
        of("Observation?patient.identifier&code", Work.CHAINED, 364, 2_000).hits(2),
        of("DiagnosticReport?patient&_include=result", Work.REPORTS_WITH_RESULTS, 98, 700).hits(44),
        of("Observation?code&_summary=count", Work.COUNT_OF_CODE, 610, 2_500).hits(2_000));
  }

  /** Whose median is to stay flat while data grow. */
  boolean isSearch() {
    return hits.isPresent();
  }

  private static Row of(String name, Work work, double reference, double required) {
    return new Row(
        name,
        work,
        CONNECTIONS,
        reference,
        required,
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.empty(),
        0);
  }

  private Row within(int millis) {
    return new Row(
        name,
        work,
        connections,
        reference,
        required,
        OptionalInt.of(millis),
        hits,
        yardstick,
        rowsOfYardstick);
  }

  private Row hits(int number) {
    return new Row(
        name,
        work,
        connections,
        reference,
        required,
        longest,
        OptionalInt.of(number),
        yardstick,
        rowsOfYardstick);
  }

  private Row by(Yardstick measure, int rows) {
    return new Row(
        name, work, connections, reference, required, longest, hits, Optional.of(measure), rows);
  }

  private Row alone() {
    return new Row(name, work, 1, reference, required, longest, hits, yardstick, rowsOfYardstick);
  }
}
