package io.yitong.hub.launch.bench.load;

import java.nio.charset.StandardCharsets;

/** A place in a request whose content differs from one request to the next but never its width. */
enum Hole {
  PATIENT(36),
  ENCOUNTER(36),
  REPORT(36),
  RESULT(36),
  /** A hospital's number of a patient. */
  NUMBER(12),
  FAMILY(6),
  BIRTH(10),
  PHONE(11),
  /** A LOINC code. */
  CODE(6),
  VALUE(5),
  DAY(10),
  TIME(8),
  /** Of the body, in bytes. */
  LENGTH(8);

  final int width;

  Hole(int width) {
    this.width = width;
  }

  /** As it stands in a template's text. */
  byte[] mark() {
    return ("<" + name() + ">").getBytes(StandardCharsets.US_ASCII);
  }
}
