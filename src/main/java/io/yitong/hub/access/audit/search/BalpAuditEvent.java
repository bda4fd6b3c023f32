package io.yitong.hub.access.audit;

import io.yitong.hub.access.Agreement;
import io.yitong.hub.fhir.NamingSystems;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAction;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventAgentComponent;
import org.hl7.fhir.r4.model.AuditEvent.AuditEventOutcome;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;

/**
 * A row as FHIR, in the manner of IHE Basic Audit Log Patterns (BALP 1.1): the client as source
 * agent, the user behind it, the hub as recorder; patient, query and transaction id as entities.
 */
final class BalpAuditEvent {
  private static final String DICOM = "http://dicom.nema.org/resources/ontology/DCM";
  private static final String EVENT_TYPE = "http://terminology.hl7.org/CodeSystem/audit-event-type";
  private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";
  private static final String ENTITY_TYPE =
      "http://terminology.hl7.org/CodeSystem/audit-entity-type";
  private static final String OBJECT_ROLE = "http://terminology.hl7.org/CodeSystem/object-role";
  private static final String PURPOSE = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
  private static final String BALP_ENTITY =
      "https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType";
  private static final String PARTICIPATION =
      "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
  private static final String ROLE = NamingSystems.BASE + "CodeSystem/role";

  private BalpAuditEvent() {}

  static AuditEvent of(AuditRow row) {
    var event = new AuditEvent();
    event.setId(Long.toString(row.id()));
    event.setType(new Coding(EVENT_TYPE, "rest", "Restful Operation"));
    event.addSubtype(subtype(row));
    event.setAction(AuditEventAction.fromCode(row.action()));
    event.setRecordedElement(new InstantType(Date.from(row.at())));
    event.setOutcome(AuditEventOutcome.fromCode(Integer.toString(row.outcome())));
    row.error().ifPresent(event::setOutcomeDesc);
    if (!row.purpose().isEmpty()) {
      event.addPurposeOfEvent(concept(PURPOSE, row.purpose()));
    }
    event.addAgent(client(row));
    if (!row.subject().equals(row.client())) {
      event.addAgent(user(row));
    }
    event.getSource().setObserver(new Reference().setDisplay("yitong-hub"));
    addEntities(event, row);
    return event;
  }

  private static Coding subtype(AuditRow row) {
    return row.interaction().startsWith("$")
        ? new Coding(INTERACTION, "operation", row.interaction())
        : new Coding(INTERACTION, row.interaction(), null);
  }

  private static AuditEventAgentComponent client(AuditRow row) {
    var agent =
        new AuditEventAgentComponent()
            .setType(new CodeableConcept(new Coding(DICOM, "110153", "Source Role ID")))
            .setRequestor(row.subject().equals(row.client()))
            .setWho(new Reference().setIdentifier(new Identifier().setValue(row.client())));
    row.roles().stream()
        .filter(role -> !role.isEmpty())
        .forEach(role -> agent.addRole(concept(ROLE, role)));
    row.agreement().ifPresent(name -> agent.addPolicy(Agreement.policy(name)));
    return agent;
  }

  private static AuditEventAgentComponent user(AuditRow row) {
    var who = new Reference().setIdentifier(new Identifier().setValue(row.subject()));
    row.institution()
        .ifPresent(
            urn ->
                who.getIdentifier()
                    .setAssigner(
                        new Reference()
                            .setIdentifier(
                                new Identifier().setSystem(NamingSystems.URI).setValue(urn))));
    return new AuditEventAgentComponent()
        .setType(concept(PARTICIPATION, "IRCP"))
        .setRequestor(true)
        .setWho(who);
  }

  private static void addEntities(AuditEvent event, AuditRow row) {
    event
        .addEntity()
        .setWhat(new Reference().setIdentifier(new Identifier().setValue(row.correlation())))
        .setType(new Coding(BALP_ENTITY, "XrequestId", null));
    var data =
        event
            .addEntity()
            .setType(new Coding(ENTITY_TYPE, "2", "System Object"))
            .setRole(new Coding(OBJECT_ROLE, row.query().isEmpty() ? "4" : "24", null))
            .setDescription(row.what());
    if (row.what().matches("[A-Z][A-Za-z]+/[A-Za-z0-9.-]{1,64}")) {
      data.setWhat(new Reference(row.what()));
    }
    if (!row.query().isEmpty()) {
      data.setQuery(row.query().getBytes(StandardCharsets.UTF_8));
    }
    row.patient()
        .ifPresent(
            id ->
                event
                    .addEntity()
                    .setWhat(new Reference("Patient/" + id))
                    .setType(new Coding(ENTITY_TYPE, "1", "Person"))
                    .setRole(new Coding(OBJECT_ROLE, "1", "Patient")));
  }

  private static CodeableConcept concept(String system, String code) {
    return new CodeableConcept(new Coding(system, code, null));
  }
}
