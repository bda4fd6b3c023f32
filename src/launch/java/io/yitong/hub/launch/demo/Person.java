package io.yitong.hub.launch.demo;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/** A patient drawn by lot: never a real one. */
record Person(String family, String given, boolean male, LocalDate born, String residentId) {
  private static final List<String> FAMILY_NAMES =
      List.of("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙");

  /** Their second byte in GB18030 is 0x7C, the field separator of HL7 v2. */
  private static final List<String> WITH_A_BAR = List.of("瑋", "珅", "晐", "鷟", "駖");

  private static final List<String> PLAIN = List.of("", "文", "志", "小", "建", "晓");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  /**
   * @param division GB/T 2260 code of the county where the identity card was issued
   */
  static Person draw(Random lot, String division) {
    var male = lot.nextBoolean();
    var born = LocalDate.of(1945, 1, 1).plusDays(lot.nextInt(55 * 365));
    var sequence = 2 * lot.nextInt(500) + (male ? 1 : 0);
    return new Person(
        FAMILY_NAMES.get(lot.nextInt(FAMILY_NAMES.size())),
        PLAIN.get(lot.nextInt(PLAIN.size())) + WITH_A_BAR.get(lot.nextInt(WITH_A_BAR.size())),
        male,
        born,
        residentId(division, born, sequence));
  }

  /** GB 11643: division, birth date, sequence number (odd for men), check digit. */
  static String residentId(String division, LocalDate born, int sequence) {
    var digits =
        division + born.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(sequence);
    var sum = 0;
    for (var i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * Character.digit(digits.charAt(i), 10);
    }
    return digits + "10X98765432".charAt(sum % 11);
  }

  String name() {
    return family + given;
  }

  String hl7Sex() {
    return male ? "M" : "F";
  }

  String hl7Born() {
    return born.format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}
