package io.yitong.hub.mapping.hl7v2;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** CE, CWE and CNE to CodeableConcept: the code, its alternate, the text. */
final class Concepts {
  private Concepts() {}

  /**
   * @param own system of codes whose system has no registered name
   */
  static CodeableConcept of(Hl7Value value, String own) {
    var concept = new CodeableConcept();
    add(concept, value, 1, own);
    add(concept, value, 4, own);
    var original = value.component(9);
    var text = original.isEmpty() ? value.component(2) : original;
    text = text.isEmpty() ? value.component(5) : text;
    return text.isEmpty() ? concept : concept.setText(text);
  }

  private static void add(CodeableConcept concept, Hl7Value value, int first, String own) {
    var code = value.component(first);
    if (code.isEmpty()) {
      return;
    }
    var coding =
        new Coding().setSystem(Systems.ofCode(value.component(first + 2), own)).setCode(code);
    var display = value.component(first + 1);
    if (!display.isEmpty()) {
      coding.setDisplay(display);
    }
    for (var earlier : concept.getCoding()) {
      if (earlier.getCode().equals(code) && earlier.getSystem().equals(coding.getSystem())) {
        return;
      }
    }
    concept.addCoding(coding);
  }
}
