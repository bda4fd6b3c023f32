package io.yitong.hub.record.index;

import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.fhir.json.ResourceJson;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Resource;

/** Resources of which a test says only what it is about, as trees. */
final class Trees {
  private Trees() {}

  static Element of(Resource resource) {
    var whole = resource.copy();
    if (whole instanceof Observation observation) {
      observation.setStatus(ObservationStatus.FINAL);
      if (!observation.hasCode()) {
        observation.getCode().setText("test");
      }
    } else if (whole instanceof DiagnosticReport report) {
      report.setStatus(DiagnosticReportStatus.FINAL);
      report.getCode().setText("test");
    } else if (whole instanceof Encounter encounter) {
      encounter.setStatus(EncounterStatus.FINISHED).setClass_(new Coding("urn:x", "AMB", null));
    }
    return ResourceJson.of(whole).root();
  }
}
