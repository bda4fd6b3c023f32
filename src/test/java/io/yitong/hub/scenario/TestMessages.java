package io.yitong.hub.scenario;

import io.yitong.hub.launch.demo.Mllp;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** HL7 v2 messages of the Chongqing university hospital, no two with one control id. */
final class TestMessages {
  private TestMessages() {}

  static String number(String prefix) {
    return prefix
        + UUID.randomUUID().toString().substring(0, 12).toUpperCase(java.util.Locale.ROOT);
  }

  /** ADT^A01: the patient of this number is admitted. */
  static String admission(String patient, String visit) {
    return adt("A01", patient, "王小明", visit);
  }

  /** ADT^A08: the patient of this number has another name now. */
  static String update(String patient, String given, String visit) {
    return adt("A08", patient, given, visit);
  }

  /** MSA-1 of the answer. */
  static String acknowledgement(String answer) {
    for (var segment : answer.split("\r", -1)) {
      if (segment.startsWith("MSA|")) {
        return segment.split("\\|", -1)[1];
      }
    }
    throw new AssertionError("no MSA in " + answer);
  }

  static String send(int port, String message) {
    return Mllp.send(port, message, StandardCharsets.UTF_8);
  }

  private static String adt(String event, String patient, String name, String visit) {
    return
"""
MSH|^~\\&|HIS|CQDXCYY|YITONG|HUB|20260301083000||ADT^%1$s|%2$s|P|2.4|||AL|NE|CHN|UNICODE UTF-8
EVN|%1$s|20260301083000
PID|1||%3$s^^^HIS^MR||%4$s^%5$s||19800214|M
PV1|1|I|0311^12^2^消化内科||||||||||||||||%6$s|||||||||||||||||||||||||20260301080000
"""
        .formatted(event, number("M"), patient, name.substring(0, 1), name.substring(1), visit)
        .replace('\n', '\r');
  }
}
