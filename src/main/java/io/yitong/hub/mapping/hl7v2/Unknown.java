package io.yitong.hub.mapping.hl7v2;

import org.hl7.fhir.r4.model.CodeableConcept;

/** What a resource must say and the message does not. */
final class Unknown {
  static final String DATA_ABSENT_REASON =
      "http://terminology.hl7.org/CodeSystem/data-absent-reason";

  private Unknown() {}

  static CodeableConcept concept() {
    return reason("unknown");
  }

  static CodeableConcept reason(String code) {
    var concept = new CodeableConcept();
    concept.addCoding().setSystem(DATA_ABSENT_REASON).setCode(code);
    return concept;
  }
}
