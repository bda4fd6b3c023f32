package io.yitong.hub.mapping;

import io.yitong.hub.fhir.InstitutionId;
import java.time.ZoneId;

/**
 * What mapping must know of the institution a message comes from; its file in
 * camel-routes/institutions says so.
 *
 * @param zone for times written without one
 * @param patientNumberSystem Identifier.system of the institution's patient numbers
 * @param labCodeSystem Coding.system of the institution's own laboratory codes
 */
public record Dialect(
    InstitutionId institution,
    String organizationNameZh,
    String organizationNameEn,
    ZoneId zone,
    String patientNumberSystem,
    String labCodeSystem) {

  /** China has one zone, and an institution's number spaces are named after it. */
  public static Dialect usual(
      InstitutionId institution, String organizationNameZh, String organizationNameEn) {
    return new Dialect(
        institution,
        organizationNameZh,
        organizationNameEn,
        ZoneId.of("Asia/Shanghai"),
        institution.numberSystem("patient"),
        institution.numberSystem("lab-code"));
  }
}
