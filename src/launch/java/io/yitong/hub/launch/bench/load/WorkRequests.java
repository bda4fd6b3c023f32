package io.yitong.hub.launch.bench.load;

import static io.yitong.hub.launch.bench.load.Population.COMMON_CODES;
import static io.yitong.hub.launch.bench.load.Population.RARE_CODES;
import static io.yitong.hub.launch.bench.load.Population.RESULTS_OF_REPORT;

import io.yitong.hub.launch.bench.load.Ids.Kind;
import io.yitong.hub.launch.bench.load.Work.Requests;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests of the table's rows. */
final class WorkRequests {
  private static final String END = " HTTP/1.1\r\nHost: localhost\r\n";
  private static final String NUMBERS =
      "urn%3Ayitong%3Ainstitution%3A000000-benchmark%3Apatient%7C";
  private static final String IDENTIFIED =
      "identifier=urn:yitong:institution:000000-benchmark:patient|<NUMBER>";
  private static final long BEYOND_ALL = 10_000_000_000L;
  private static final String LOINC = "http%3A%2F%2Floinc.org%7C";

  private WorkRequests() {}

  static Requests createObservation(Population population, RandomGenerator random) {
    var head = Template.of("POST /fhir/Observation" + END);
    var body = Template.of(ResourceTemplates.newResult());
    return into -> {
      var patient = population.smallPatient(random);
      into.setId(Hole.PATIENT, Kind.PATIENT, patient)
          .setId(Hole.ENCOUNTER, Kind.ENCOUNTER, Population.visit(patient, random.nextInt(3)));
      drawResult(into, random);
      into.clear().add(head).beginBody().add(body).endBody();
    };
  }

  /** Patient (exists), Encounter, DiagnosticReport, 10 Observations. */
  static Requests transaction(Population population, RandomGenerator random) {
    var head = Template.of("POST /fhir" + END);
    var start = Template.of(transactionStart());
    var results =
        IntStream.range(0, RESULTS_OF_REPORT).mapToObj(WorkRequests::resultOfTransaction).toList();
    var end = Template.of("]}");
    return into -> {
      var patient = population.smallPatient(random);
      describe(into, patient);
      into.set(Hole.DAY, Population.anyDay(random)).set(Hole.TIME, Population.time(patient));
      into.clear().add(head).beginBody().add(start);
      for (var i = 0; i < RESULTS_OF_REPORT; i++) {
        into.set(Hole.CODE, COMMON_CODES.get(i)).setNumber(Hole.VALUE, value(random), '1');
        into.add(results.get(i));
      }
      into.add(end).endBody();
    };
  }

  private static String transactionStart() {
    var references =
        IntStream.range(0, RESULTS_OF_REPORT)
            .mapToObj(i -> "{\"reference\":\"%s\"}".formatted(local(10 + i)))
            .collect(Collectors.joining(","));
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + entry(1, ResourceTemplates.newPatient(), "Patient\",\"ifNoneExist\":\"" + IDENTIFIED)
        + ","
        + entry(2, ResourceTemplates.newEncounter(local(1)), "Encounter")
        + ","
        + entry(3, ResourceTemplates.newReport(local(1), local(2), references), "DiagnosticReport");
  }

  private static Template resultOfTransaction(int number) {
    return Template.of(
        "," + entry(10 + number, ResourceTemplates.newResult(local(1), local(2)), "Observation"));
  }

  private static String entry(int number, String resource, String url) {
    return "{\"fullUrl\":\"%s\",\"resource\":%s,\"request\":{\"method\":\"POST\",\"url\":\"%s\"}}"
        .formatted(local(number), resource, url);
  }

  /** Of this transaction only. */
  private static String local(int number) {
    return "urn:uuid:" + Ids.of(Kind.PASSING, number);
  }

  static Requests read(Population population, RandomGenerator random) {
    var head = Template.of("GET /fhir/Observation/<RESULT>" + END + "\r\n");
    return into -> {
      var patient = population.anyPatient(random);
      var result = random.nextInt(Population.resultsOf(patient));
      into.setId(Hole.RESULT, Kind.RESULT, Population.result(patient, result)).clear().add(head);
    };
  }

  static Requests updatePatient(Population population, RandomGenerator random) {
    var head = Template.of("PUT /fhir/Patient/<PATIENT>" + END);
    var body = Template.of(ResourceTemplates.patient());
    return into -> {
      describe(into, population.smallPatient(random));
      into.setNumber(Hole.PHONE, 13_000_000_000L + random.nextInt(1_000_000_000), '1');
      into.clear().add(head).beginBody().add(body).endBody();
    };
  }

  static Requests resultsOfPatient(Population population, RandomGenerator random) {
    return ofFullPatient(
        population,
        random,
        "/fhir/Observation?patient=<PATIENT>&category=laboratory&_sort=-date&_count=50");
  }

  static Requests everything(Population population, RandomGenerator random) {
    return ofFullPatient(population, random, "/fhir/Patient/<PATIENT>/$everything");
  }

  static Requests reportsWithResults(Population population, RandomGenerator random) {
    return ofFullPatient(
        population,
        random,
        "/fhir/DiagnosticReport?patient=<PATIENT>&_include=DiagnosticReport:result");
  }

  static Requests patientByIdentifier(Population population, RandomGenerator random) {
    return ofFullPatient(population, random, "/fhir/Patient?identifier=" + NUMBERS + "<NUMBER>");
  }

  static Requests patientByFamilyAndBirth(Population population, RandomGenerator random) {
    var wholeFamilies = population.patients() / Population.FAMILY;
    var head = get("/fhir/Patient?family=<FAMILY>&birthdate=ge" + Population.YOUNGER);
    return into ->
        into.set(
                Hole.FAMILY,
                Population.family((long) random.nextInt(wholeFamilies) * Population.FAMILY))
            .clear()
            .add(head);
  }

  static Requests resultsByCodeAndDate(Population population, RandomGenerator random) {
    var head = get("/fhir/Observation?code=" + LOINC + "<CODE>&date=ge<DAY>&_count=50");
    return into ->
        into.set(Hole.CODE, COMMON_CODES.get(random.nextInt(COMMON_CODES.size())))
            .set(Hole.DAY, Population.earlyDay(random))
            .clear()
            .add(head);
  }

  /** Codes of the second and fourth report: two results of every full patient. */
  static Requests chained(Population population, RandomGenerator random) {
    var head =
        get(
            "/fhir/Observation?patient.identifier="
                + NUMBERS
                + "<NUMBER>&code="
                + LOINC
                + "<CODE>");
    return into -> {
      describe(into, population.fullPatient(random));
      into.set(Hole.CODE, COMMON_CODES.get(RESULTS_OF_REPORT + random.nextInt(RESULTS_OF_REPORT)));
      into.clear().add(head);
    };
  }

  static Requests countOfCode(Population population, RandomGenerator random) {
    var head = get("/fhir/Observation?code=" + LOINC + "<CODE>&_summary=count");
    return into ->
        into.set(Hole.CODE, RARE_CODES.get(random.nextInt(RARE_CODES.size()))).clear().add(head);
  }

  static Requests conditionalCreate(Population population, RandomGenerator random) {
    var head =
        Template.of(
            "POST /fhir/Patient" + END + "If-None-Exist: identifier=" + NUMBERS + "<NUMBER>\r\n");
    var body = Template.of(ResourceTemplates.newPatient());
    var nobody = BEYOND_ALL + random.nextInt(1_000_000_000);
    return into -> {
      describe(into, nobody);
      into.clear().add(head).beginBody().add(body).endBody();
    };
  }

  private static Requests ofFullPatient(
      Population population, RandomGenerator random, String address) {
    var head = get(address);
    return into -> {
      describe(into, population.fullPatient(random));
      into.clear().add(head);
    };
  }

  private static Template get(String address) {
    return Template.of("GET " + address + END + "\r\n");
  }

  /** Everything a request may say of a patient. */
  static void describe(RequestText into, long patient) {
    into.setId(Hole.PATIENT, Kind.PATIENT, patient)
        .setNumber(Hole.NUMBER, 100_000_000_000L + patient, '0')
        .set(Hole.FAMILY, Population.family(patient))
        .set(Hole.BIRTH, Population.birth(patient))
        .setNumber(Hole.PHONE, 13_800_000_000L + patient, '1');
  }

  private static void drawResult(RequestText into, RandomGenerator random) {
    into.set(Hole.CODE, COMMON_CODES.get(random.nextInt(COMMON_CODES.size())))
        .setNumber(Hole.VALUE, value(random), '1')
        .set(Hole.DAY, Population.anyDay(random))
        .set(Hole.TIME, Population.time(random.nextInt(1_000)));
  }

  /** Five digits, so that every result is as long as the next. */
  static int value(RandomGenerator random) {
    return 10_000 + random.nextInt(90_000);
  }
}
