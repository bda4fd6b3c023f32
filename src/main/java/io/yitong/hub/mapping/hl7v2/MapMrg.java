package io.yitong.hub.mapping.hl7v2;

import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;

/** MRG → the Patient that was merged into another. */
final class MapMrg {
  private MapMrg() {}

  static Patient replaced(
      Fields mrg, PatientNumbers numbers, Reference survivor, Reference organization, Run run) {
    var patient = new Patient();
    patient.setId(run.id("patient", numbers.number()));
    numbers.identifiers().forEach(patient::addIdentifier);
    patient.setActive(false).setManagingOrganization(organization);
    for (var value : mrg.values(7)) {
      var name = PersonTypes.patientName(value);
      if (name.hasText()) {
        patient.addName(name);
      }
    }
    patient.addLink().setOther(survivor).setType(LinkType.REPLACEDBY);
    return patient;
  }
}
