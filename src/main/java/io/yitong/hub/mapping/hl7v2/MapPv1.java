package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.mapping.Table;
import java.util.ArrayList;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterLocationStatus;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;

/** PV1 → Encounter. */
final class MapPv1 {
  private static final Table CLASSES = Table.load("/mapping/hl7v2/encounter-classes.csv");

  private MapPv1() {}

  /** PV1-19, else PV1-50: what the institution calls the visit. */
  static Optional<String> visitNumber(Fields pv1) {
    var visit = pv1.component(19, 1);
    var number = visit.isEmpty() ? pv1.component(50, 1) : visit;
    return number.isEmpty() ? Optional.empty() : Optional.of(number);
  }

  /** PV1-2 N, not applicable: the segment is there only because the message's structure asks. */
  static boolean isVisit(Fields pv1) {
    return !pv1.component(2, 1).equals("N") || visitNumber(pv1).isPresent();
  }

  /**
   * @param event the status that follows from the trigger; empty when the segment alone tells
   */
  static Encounter encounter(
      Fields pv1,
      Optional<EncounterStatus> event,
      String patientNumber,
      Reference patient,
      Reference organization,
      Run run) {
    pv1.understood(1);
    var encounter = new Encounter();
    identify(pv1, patientNumber, encounter, run);
    var admitted = run.time(pv1, 44);
    var discharged = run.time(pv1, 45);
    encounter
        .setStatus(
            event.orElse(
                discharged.isPresent() ? EncounterStatus.FINISHED : EncounterStatus.INPROGRESS))
        .setClass_(encounterClass(pv1))
        .setSubject(patient)
        .setServiceProvider(organization);
    admitted.ifPresent(time -> encounter.getPeriod().setStartElement(time.dateTime()));
    discharged.ifPresent(time -> encounter.getPeriod().setEndElement(time.dateTime()));
    participants(pv1, encounter, run);
    location(pv1, 3, EncounterLocationStatus.ACTIVE, encounter);
    location(pv1, 6, EncounterLocationStatus.COMPLETED, encounter);
    details(pv1, encounter, run);
    return encounter;
  }

  private static void identify(Fields pv1, String patientNumber, Encounter encounter, Run run) {
    var number = visitNumber(pv1);
    if (number.isPresent()) {
      encounter.setId(run.id("encounter", number.get()));
      encounter.addIdentifier(
          new Identifier()
              .setType(
                  new CodeableConcept(new Coding().setSystem(NamingSystems.V2_0203).setCode("VN")))
              .setSystem(run.institution().numberSystem("visit"))
              .setValue(number.get()));
    } else {
      // A sender without visit numbers: one visit per patient and time of admission.
      encounter.setId(run.id("encounter", "patient", patientNumber, pv1.component(44, 1)));
    }
  }

  private static Coding encounterClass(Fields pv1) {
    var sent = pv1.component(2, 1);
    return CLASSES
        .of(sent)
        .map(code -> new Coding().setSystem(Systems.V3 + "ActCode").setCode(code))
        .orElseGet(
            () -> new Coding().setSystem(Systems.V2 + "0004").setCode(sent.isEmpty() ? "U" : sent));
  }

  private static void participants(Fields pv1, Encounter encounter, Run run) {
    participant(pv1, 7, "ATND", encounter, run);
    participant(pv1, 8, "REF", encounter, run);
    participant(pv1, 9, "CON", encounter, run);
    participant(pv1, 17, "ADM", encounter, run);
  }

  private static void participant(
      Fields pv1, int field, String type, Encounter encounter, Run run) {
    for (var xcn : pv1.values(field)) {
      MapXcn.practitioner(xcn, run)
          .ifPresent(
              who ->
                  encounter
                      .addParticipant()
                      .setIndividual(who)
                      .addType()
                      .addCoding()
                      .setSystem(Systems.V3 + "ParticipationType")
                      .setCode(type));
    }
  }

  /** PL: point of care, room, bed, facility, building, floor, as one place. */
  private static void location(
      Fields pv1, int field, EncounterLocationStatus status, Encounter encounter) {
    if (!pv1.has(field)) {
      return;
    }
    var place = pv1.value(field);
    var words = new ArrayList<String>();
    for (var component : new int[] {4, 7, 8, 1, 2, 3, 9}) {
      var word = place.subcomponent(component, 1);
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      pv1.notUnderstood(field);
      return;
    }
    encounter
        .addLocation()
        .setLocation(new Reference().setDisplay(String.join(" ", words)))
        .setStatus(status);
  }

  private static void details(Fields pv1, Encounter encounter, Run run) {
    code(pv1, 4, "0007", run).ifPresent(encounter::addType);
    code(pv1, 18, "0018", run).ifPresent(encounter::addType);
    code(pv1, 10, "0069", run).ifPresent(encounter::setServiceType);
    var stay = new Encounter.EncounterHospitalizationComponent();
    code(pv1, 13, "0092", run).ifPresent(stay::setReAdmission);
    code(pv1, 14, "0023", run).ifPresent(stay::setAdmitSource);
    code(pv1, 36, "0112", run).ifPresent(stay::setDischargeDisposition);
    if (!stay.isEmpty()) {
      encounter.setHospitalization(stay);
    }
  }

  /** User-defined tables: the code is the institution's own under the table's number. */
  private static Optional<CodeableConcept> code(Fields pv1, int field, String table, Run run) {
    return pv1.has(field)
        ? Optional.of(
            Concepts.of(pv1.value(field), run.institution().numberSystem("table-" + table)))
        : Optional.empty();
  }
}
