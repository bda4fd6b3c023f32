package io.yitong.hub.recognition.decision;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * An analyte of the catalogue.
 *
 * @param unit UCUM unit in which its values are compared; empty for a qualitative item
 * @param molarMass g/mol, when mass and substance concentrations may be converted into each other
 * @param windowDays how long after collection a result may be recognised, 0 to {@value
 *     #LONGEST_WINDOW}; 0 means it is shown only
 * @param guard a circumstance that must be shown before a result may be recommended
 * @param sensitive answered as if there were no result
 */
public record Item(
    Loinc loinc,
    String chinese,
    String english,
    Optional<String> unit,
    Optional<BigDecimal> molarMass,
    Set<SpecimenClass> specimens,
    int windowDays,
    Optional<Guard> guard,
    boolean sensitive,
    Price price,
    Tolerance tolerance) {

  /** 川渝: generally within three months. */
  public static final int LONGEST_WINDOW = 90;

  public Item {
    specimens = Set.copyOf(specimens);
    if (windowDays < 0 || windowDays > LONGEST_WINDOW) {
      throw new IllegalArgumentException(loinc + ": a window of " + windowDays + " days");
    }
  }
}
