package io.yitong.hub.feed;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Messages as a hospital sends them, every patient and control id new. */
final class Messages {
  private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

  private Messages() {}

  static String newNumber(String prefix) {
    return prefix + Long.toString(NUMBERS.incrementAndGet(), 36).toUpperCase(Locale.ROOT);
  }

  static Adt adt(String patient) {
    return new Adt(patient, newNumber("A"), "王瑋", "", "19490712", "F", "20260301083000", "");
  }

  static Oru oru(String patient) {
    return new Oru(patient, newNumber("R"), "");
  }

  /** ADT^A08. */
  record Adt(
      String patient,
      String controlId,
      String name,
      String residentId,
      String born,
      String sex,
      String at,
      String charset) {
    Adt named(String newName) {
      return new Adt(patient, controlId, newName, residentId, born, sex, at, charset);
    }

    Adt controlId(String newId) {
      return new Adt(patient, newId, name, residentId, born, sex, at, charset);
    }

    Adt residentId(String id) {
      return new Adt(patient, controlId, name, id, born, sex, at, charset);
    }

    Adt at(String time) {
      return new Adt(patient, controlId, name, residentId, born, sex, time, charset);
    }

    Adt declaring(String newCharset) {
      return new Adt(patient, controlId, name, residentId, born, sex, at, newCharset);
    }

    String text() {
      var card = residentId.isEmpty() ? "" : "~" + residentId + "^^^MPS^NI";
      return """
      MSH|^~\\&|HIS|HOSP|YITONG|HUB|%s||ADT^A08^ADT_A01|%s|P|2.5.1||||||%s
      EVN|A08|%s
      PID|1||%s^^^HOSP^MR%s||%s||%s|%s
      """
          .formatted(at, controlId, charset, at, patient, card, name, born, sex)
          .replace('\n', '\r');
    }
  }

  /** ORU^R01 with one result. */
  record Oru(String patient, String controlId, String charset) {
    String text() {
      return """
      MSH|^~\\&|LIS|HOSP|YITONG|HUB|20260301103000||ORU^R01^ORU_R01|%2$s|P|2.5.1||||||%3$s
      PID|1||%1$s^^^HOSP^MR||王瑋||19490712|F
      OBR|1|O%2$s|F%2$s|LIVER^肝功能^L|||20260301073000|||||||||||||||20260301100000|||F
      OBX|1|NM|ALT^丙氨酸氨基转移酶^L||32|U/L|9-50|N|||F|||20260301073000
      """
          .formatted(patient, controlId, charset)
          .replace('\n', '\r');
    }

    String withoutPid() {
      return text().replaceAll("PID[^\r]*\r", "");
    }
  }
}
