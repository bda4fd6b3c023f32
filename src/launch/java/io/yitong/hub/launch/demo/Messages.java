package io.yitong.hub.launch.demo;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** HL7 v2.4 messages as the systems of the story's hospitals would write them. */
final class Messages {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

  private Messages() {}

  /**
   * ADT^A04: an outpatient registers.
   *
   * @param charset as MSH-18 has it
   */
  static String registration(
      String control,
      Person person,
      String number,
      String visit,
      LocalDateTime at,
      String charset) {
    return String.join(
            "\r",
            header("HIS", "LSRMYY", "ADT^A04", control, at, charset),
            "EVN|A04|" + at.format(TIME),
            patient(person, number, "四川省广安市邻水县鼎屏镇^^邻水县^四川省^638500^CHN"),
            "PV1|1|O|0203^^^消化内科||||1041^陈芳|||||||||||" + visit(visit, "O", at))
        + "\r";
  }

  /** ADT^A01: an inpatient is admitted. */
  static String admission(
      String control,
      Person person,
      String number,
      String visit,
      LocalDateTime at,
      String charset) {
    return String.join(
            "\r",
            header("HIS", "CQDXCYY", "ADT^A01", control, at, charset),
            "EVN|A01|" + at.format(TIME),
            patient(person, number, "重庆市沙坪坝区大学城^^沙坪坝区^重庆市^401331^CHN"),
            "PV1|1|I|0311^12^2^消化内科||||2077^李明|||||||||||" + visit(visit, "I", at))
        + "\r";
  }

  /** ORU^R01: one panel, every analyte final. */
  static String results(
      String control,
      Person person,
      String number,
      Report report,
      List<LiverPanel.Result> panel,
      String charset) {
    var message = new StringBuilder();
    append(message, header("LIS", "LSRMYY", "ORU^R01", control, report.released(), charset));
    append(message, "PID|1||%s^^^LSRMYY^MR||%s".formatted(number, hl7Name(person)));
    append(message, "PV1|1|O");
    append(message, "ORC|RE|%s|%s".formatted(report.order(), report.number()));
    append(
        message,
        "OBR|1|%s|%s|LIVER^肝功能|||%s|||||||%s|SER^血清|||||||%s||LAB|F"
            .formatted(
                report.order(),
                report.number(),
                report.collected().format(TIME),
                report.collected().plusMinutes(20).format(TIME),
                report.released().format(TIME)));
    for (var i = 0; i < panel.size(); i++) {
      var result = panel.get(i);
      append(
          message,
          "OBX|%d|NM|%s^%s||%s|%s|%s|%s|||F|||%s||3055^何伟"
              .formatted(
                  i + 1,
                  result.code(),
                  result.name(),
                  result.value(),
                  result.unit(),
                  result.range(),
                  result.flag(),
                  report.collected().format(TIME)));
    }
    return message.toString();
  }

  /** The numbers and times of one report. */
  record Report(String order, String number, LocalDateTime collected, LocalDateTime released) {}

  private static String header(
      String application,
      String facility,
      String type,
      String control,
      LocalDateTime at,
      String charset) {
    return "MSH|^~\\&|%s|%s|YITONG|HUB|%s||%s|%s|P|2.4|||AL|NE|CHN|%s"
        .formatted(application, facility, at.format(TIME), type, control, charset);
  }

  private static String patient(Person person, String number, String address) {
    return "PID|1||%s^^^HIS^MR~%s^^^CHN^NI||%s||%s|%s|||%s"
        .formatted(
            number,
            person.residentId(),
            hl7Name(person),
            person.hl7Born(),
            person.hl7Sex(),
            address);
  }

  private static String hl7Name(Person person) {
    return person.family() + "^" + person.given();
  }

  /** PV1-18 (patient type), PV1-19 (visit number) and PV1-44 (admitted at). */
  private static String visit(String number, String type, LocalDateTime at) {
    return type + "|" + number + "|".repeat(25) + at.format(TIME);
  }

  private static void append(StringBuilder message, String segment) {
    message.append(segment).append('\r');
  }
}
