package io.yitong.hub.recognition.decision;

import java.util.Set;

/** What was examined, as far as it matters to whether two results may be compared. */
public enum SpecimenClass {
  SERUM,
  PLASMA,
  WHOLE_BLOOD,
  ARTERIAL_BLOOD,
  URINE,
  STOOL,
  OTHER;

  /** What the specimen column of the catalogue admits ({@code SER 血清/血浆} admits both). */
  static Set<SpecimenClass> admittedBy(String column) {
    var code = column.split(" ", 2)[0];
    return switch (code) {
      case "SER" -> Set.of(SERUM, PLASMA);
      case "PLAS" -> Set.of(PLASMA);
      case "BLD" -> Set.of(WHOLE_BLOOD);
      case "BLDA" -> Set.of(ARTERIAL_BLOOD);
      case "UR" -> Set.of(URINE);
      case "STL" -> Set.of(STOOL);
      default -> throw new IllegalArgumentException("unknown specimen '" + column + "'");
    };
  }
}
