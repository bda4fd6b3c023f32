package io.yitong.hub.fhir;

/**
 * Identifier systems, code systems and extension URLs that more than one package names; see
 * fhir-profiles.
 */
public final class NamingSystems {
  /** Canonical base of everything this project defines. */
  public static final String BASE = "https://yitong.io/fhir/";

  /** Identifier.value holds a URI (FHIR R4, NamingSystem registry). */
  public static final String URI = "urn:ietf:rfc:3986";

  /** Resident identity card, GB 11643. */
  public static final String RESIDENT_ID = "urn:oid:2.16.156.10011.1.3";

  public static final String LOINC = "http://loinc.org";
  public static final String UCUM = "http://unitsofmeasure.org";
  public static final String V2_0203 = "http://terminology.hl7.org/CodeSystem/v2-0203";
  public static final String OBSERVATION_CATEGORY =
      "http://terminology.hl7.org/CodeSystem/observation-category";
  public static final String DIAGNOSTIC_SERVICE = "http://terminology.hl7.org/CodeSystem/v2-0074";

  /** What is ordered and charged for: LIVER, CBC and so on (rules/recognition/charge-items.csv). */
  public static final String CHARGE_ITEM = BASE + "CodeSystem/charge-item";

  public static final String ERROR_CODE = BASE + "CodeSystem/error-code";

  /** On an Observation: the recognition mark from the register, for example 川渝HR. */
  public static final String RECOGNITION_MARK = BASE + "StructureDefinition/recognition-mark";

  /** On a withdrawn ServiceRequest: the earlier result that took its place. */
  public static final String RECOGNISED_RESULT = BASE + "StructureDefinition/recognised-result";

  private NamingSystems() {}
}
