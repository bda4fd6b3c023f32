package io.yitong.hub.launch.bench.load;

import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is stored, each part of it a function of a patient's number, so that a larger population is
 * a smaller one and more. Three of five patients are full: 4 encounters, 4 reports of 10 results
 * and 3 results besides, 52 resources; the others have 3 of each and nothing besides, 37; on
 * average 46.
 */
record Population(int patients) {
  static final int RESULTS_OF_REPORT = 10;
  static final int RESULTS_BESIDES = 3;

  /** Patients of one family name, born two years apart each, whatever the size. */
  static final int FAMILY = 36;

  /** Those of a family born in or after {@link #YOUNGER}. */
  static final int YOUNGER_OF_FAMILY = 18;

  static final String YOUNGER = "1976-01-01";

  /** The patients who hold the rare codes. */
  private static final int WITH_RARE_CODES = 1000;

  private static final int ELDEST = 1940;
  private static final int DAYS = 730;
  private static final LocalDate FIRST_DAY = LocalDate.of(2024, 1, 1);
  private static final String[] DAY = days();

  /** More Observations hold them the more patients there are. */
  static final List<String> COMMON_CODES =
      List.of(
          "1742-6", "1920-8", "1975-2", "2885-2", "1751-7", "2345-7", "2160-0", "3094-0", "2951-2",
          "2823-3", "2075-0", "6690-2", "4544-3", "1968-7", "6768-6", "2324-2", "3084-1", "2028-9",
          "2000-8", "2777-1");

  /** Each is held by 2,000 Observations, however many patients there are. */
  static final List<String> RARE_CODES = List.of("2093-3", "2571-8", "2085-9", "2089-1", "4548-4");

  static boolean isFull(long patient) {
    return patient % 5 < 3;
  }

  static int visits(long patient) {
    return isFull(patient) ? 4 : 3;
  }

  static int resultsOf(long patient) {
    return visits(patient) * RESULTS_OF_REPORT + (isFull(patient) ? RESULTS_BESIDES : 0);
  }

  static int resourcesOf(long patient) {
    return 1 + 2 * visits(patient) + resultsOf(patient);
  }

  static long visit(long patient, int visit) {
    return patient * 8 + visit;
  }

  static long result(long patient, int result) {
    return patient * 64 + result;
  }

  /**
   * A quarter of a patient's results, those of a report, have the codes of one half of the list.
   */
  static String code(long patient, int result) {
    var report = result / RESULTS_OF_REPORT;
    var place = result % RESULTS_OF_REPORT;
    if (report == 0 && patient < WITH_RARE_CODES) {
      return RARE_CODES.get(place / 2);
    }
    return COMMON_CODES.get(report % 2 * RESULTS_OF_REPORT + place);
  }

  static String dayOf(long patient, int visit) {
    return DAY[(int) Long.remainderUnsigned(Ids.mix(visit(patient, visit)), DAYS)];
  }

  static String family(long patient) {
    var text = new char[Hole.FAMILY.width];
    var rest = patient / FAMILY;
    for (var i = text.length - 1; i > 0; i--) {
      text[i] = (char) ('a' + rest % 20);
      rest /= 20;
    }
    text[0] = 'W';
    return new String(text);
  }

  static String birth(long patient) {
    return ELDEST + 2 * (patient % FAMILY) + "-07-01";
  }

  static String time(long number) {
    var minute = Long.remainderUnsigned(Ids.mix(number), 14 * 60);
    return "%02d:%02d:%02d".formatted(8 + minute / 60, minute % 60, number % 60);
  }

  /** A day on or after which enough of everything happened. */
  static String earlyDay(RandomGenerator random) {
    return DAY[random.nextInt(DAYS * 3 / 4)];
  }

  static String anyDay(RandomGenerator random) {
    return DAY[random.nextInt(DAYS)];
  }

  long anyPatient(RandomGenerator random) {
    return random.nextInt(patients);
  }

  /** One with everything; no measured write touches it. */
  long fullPatient(RandomGenerator random) {
    return random.nextInt(patients / 5) * 5L + random.nextInt(3);
  }

  /** One to whom measured writes add. */
  long smallPatient(RandomGenerator random) {
    return random.nextInt(patients / 5) * 5L + 3 + random.nextInt(2);
  }

  static long resourcesOfAll(long patients) {
    var resources = 0L;
    for (var patient = 0L; patient < patients; patient++) {
      resources += resourcesOf(patient);
    }
    return resources;
  }

  private static String[] days() {
    var days = new String[DAYS];
    for (var i = 0; i < DAYS; i++) {
      days[i] = FIRST_DAY.plusDays(i).toString();
    }
    return days;
  }
}
