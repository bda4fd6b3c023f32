package io.yitong.hub.document;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** The sections of an International Patient Summary that the hub can fill (IPS, Composition). */
enum SummarySection {
  MEDICATIONS("10160-0", "History of Medication use Narrative", "用药摘要", "Medication summary", true),
  ALLERGIES(
      "48765-2",
      "Allergies and adverse reactions Document",
      "过敏与不耐受",
      "Allergies and intolerances",
      true),
  PROBLEMS("11450-4", "Problem list - Reported", "问题列表", "Problem list", true),
  RESULTS(
      "30954-2",
      "Relevant diagnostic tests/laboratory data Narrative",
      "检验检查结果",
      "Diagnostic results",
      false),
  PROCEDURES("47519-4", "History of Procedures Document", "手术与操作史", "History of procedures", false),
  IMMUNIZATIONS("11369-6", "History of Immunization Narrative", "预防接种", "Immunizations", false);

  private static final String LOINC = "http://loinc.org";

  private final String code;
  private final String display;
  private final String chinese;
  private final String english;
  private final boolean required;

  SummarySection(String code, String display, String chinese, String english, boolean required) {
    this.code = code;
    this.display = display;
    this.chinese = chinese;
    this.english = english;
    this.required = required;
  }

  CodeableConcept code() {
    return new CodeableConcept().addCoding(new Coding(LOINC, code, display));
  }

  String chinese() {
    return chinese;
  }

  String english() {
    return english;
  }

  String title() {
    return chinese + " " + english;
  }

  /** Whether a summary must have it, be it to say that nothing is known. */
  boolean isRequired() {
    return required;
  }
}
