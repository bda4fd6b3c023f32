package io.yitong.hub.mapping.lab;

import io.yitong.hub.mapping.Table;
import java.util.Locale;
import org.hl7.fhir.r4.model.CodeableConcept;

/** Abnormal flags (HL7 table 0078 and what Chinese laboratory systems write) to HL7 v3. */
public final class Interpretations {
  private static final String V3 =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";
  private static final Table TABLE = Table.load("/mapping/lab/interpretations.csv");

  private Interpretations() {}

  /** A flag that is not in the table stays text. */
  public static CodeableConcept of(String flag) {
    var written = flag.strip();
    var concept = new CodeableConcept();
    TABLE
        .of(written.toUpperCase(Locale.ROOT))
        .ifPresent(code -> concept.addCoding().setSystem(V3).setCode(code));
    return concept.hasCoding() && concept.getCodingFirstRep().getCode().equals(written)
        ? concept
        : concept.setText(written);
  }
}
