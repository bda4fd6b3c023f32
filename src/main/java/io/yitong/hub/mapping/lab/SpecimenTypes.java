package io.yitong.hub.mapping.lab;

import io.yitong.hub.mapping.Table;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeableConcept;

/** Specimen types as laboratories write them to HL7 table 0487. */
public final class SpecimenTypes {
  private static final String V2_0487 = "http://terminology.hl7.org/CodeSystem/v2-0487";
  private static final Table TABLE = Table.load("/mapping/lab/specimen-types.csv");

  private SpecimenTypes() {}

  /** Adds the standard code where the first code or the text has one. */
  public static CodeableConcept standardised(CodeableConcept sent) {
    var written = sent.hasCoding() ? sent.getCodingFirstRep().getCode() : "";
    var standard =
        TABLE
            .of(written.toUpperCase(Locale.ROOT))
            .or(() -> TABLE.of(sent.hasText() ? sent.getText() : ""));
    if (standard.isEmpty()) {
      return sent;
    }
    sent.getCoding().removeIf(coding -> coding.getCode().equals(standard.get()));
    sent.addCoding().setSystem(V2_0487).setCode(standard.get());
    return sent;
  }

  /** A type written as one word. */
  public static CodeableConcept of(String written) {
    return standardised(new CodeableConcept().setText(written));
  }
}
