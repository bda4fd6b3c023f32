package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import java.time.LocalDate;

/**
 * What the quality-control body found of one laboratory and item in one external quality assessment
 * (室间质评).
 *
 * @param scope code of the scope in which it counts
 * @param published from this day it stands
 * @param validUntil last day on which it counts
 */
public record EqaRound(
    InstitutionId laboratory,
    Loinc item,
    String scope,
    String round,
    boolean passed,
    LocalDate surveyed,
    LocalDate published,
    LocalDate validUntil) {
  public EqaRound {
    if (published.isBefore(surveyed)) {
      throw new IllegalArgumentException("published " + published + " before " + surveyed);
    }
    if (validUntil.isBefore(published)) {
      throw new IllegalArgumentException("valid until " + validUntil + ", before " + published);
    }
  }
}
