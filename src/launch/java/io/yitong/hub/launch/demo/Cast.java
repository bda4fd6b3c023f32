package io.yitong.hub.launch.demo;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Who and what the story is about, all drawn from its seed except the run's own mark, which keeps
 * message, visit and order numbers of two runs with one seed apart.
 *
 * @param admitted who is admitted in Chongqing: the patient, unless the fault is another person
 */
record Cast(
    Person patient,
    Person admitted,
    String linshuiNumber,
    String chongqingNumber,
    String townshipNumber,
    String mark,
    LocalDateTime registered,
    Messages.Report report,
    LocalDateTime admittedAt,
    List<LiverPanel.Result> panel) {
  static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

  static final String PEOPLE_HOSPITAL = "511623-people-hospital";
  static final String TOWNSHIP = "511623-dingping-township";
  static final String UNIVERSITY_HOSPITAL = "500106-university-hospital";

  static Cast draw(long seed, boolean otherPerson, Instant now, Path project) {
    var lot = new Random(seed);
    var patient = Person.draw(lot, "511623");
    var other = Person.draw(lot, "511623");
    var linshui = "LS%08d".formatted(lot.nextInt(100_000_000));
    var chongqing = "CQ%08d".formatted(lot.nextInt(100_000_000));
    var township = "DP%08d".formatted(lot.nextInt(100_000_000));
    var panel = LiverPanel.draw(lot, project, PEOPLE_HOSPITAL);
    var mark = Long.toString(now.toEpochMilli(), 36).toUpperCase(Locale.ROOT);
    var registered =
        LocalDateTime.ofInstant(now, CHINA)
            .minusDays(1)
            .withHour(7)
            .withMinute(lot.nextInt(60))
            .withSecond(0)
            .withNano(0);
    var collected = registered.plusMinutes(20L + lot.nextInt(40));
    return new Cast(
        patient,
        otherPerson ? other : patient,
        linshui,
        otherPerson ? chongqing.replace("CQ", "CX") : chongqing,
        township,
        mark,
        registered,
        new Messages.Report("O" + mark, "R" + mark, collected, collected.plusMinutes(95)),
        LocalDateTime.ofInstant(now, CHINA).withNano(0),
        panel);
  }

  /** As a dateTime of FHIR, which always has its seconds. */
  String admission() {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(admittedAt.atZone(CHINA));
  }

  static String institution(String name) {
    return "urn:yitong:institution:" + name;
  }
}
