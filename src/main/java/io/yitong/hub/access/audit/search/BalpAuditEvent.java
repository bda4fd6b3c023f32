package io.yitong.hub.access.audit.search;

import io.yitong.hub.access.Agreement;
import io.yitong.hub.access.audit.chain.AuditRow;
import io.yitong.hub.fhir.NamingSystems;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
 * A row as FHIR, in the manner of IHE Basic Audit Log Patterns (BALP 1.1): client, hub and the user
 * behind the client as agents, the hub as recorder; patients, query and transaction id as entities.
 * One access is one event, also when it concerned several patients; network addresses are not kept.
 */
public final class BalpAuditEvent {
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

  private static final Coding SOURCE = new Coding(DICOM, "110153", "Source Role ID");
  private static final Coding DESTINATION = new Coding(DICOM, "110152", "Destination Role ID");
  private static final String HUB = "yitong-hub";

  private BalpAuditEvent() {}

  public static AuditEvent of(AuditEntry entry) {
    var row = entry.row();
    var event = new AuditEvent();
    event.setId(entry.id().toString());
    event.setType(new Coding(EVENT_TYPE, "rest", "Restful Operation"));
    event.addSubtype(subtype(row));
    event.setAction(AuditEventAction.fromCode(row.action()));
    event.setRecordedElement(new InstantType(new Date(row.at() / 1000)));
    event.setOutcome(AuditEventOutcome.fromCode(Integer.toString(row.outcome())));
    row.error().ifPresent(event::setOutcomeDesc);
    if (!row.purpose().isEmpty()) {
      event.addPurposeOfEvent(concept(PURPOSE, row.purpose()));
    }
    event.addAgent(client(row));
    event.addAgent(hub(row));
    row.behalf().ifPresent(organization -> event.addAgent(behalf(organization)));
    if (!row.subject().equals(row.client())) {
      event.addAgent(user(row));
    }
    event.getSource().setObserver(new Reference().setDisplay(HUB));
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
            .setType(role(isAnswered(row) ? DESTINATION : SOURCE))
            .setRequestor(row.subject().equals(row.client()))
            .setWho(new Reference().setIdentifier(new Identifier().setValue(row.client())));
    Arrays.stream(row.roles().split(" ", -1))
        .filter(role -> !role.isEmpty())
        .forEach(role -> agent.addRole(concept(ROLE, role)));
    row.agreement().ifPresent(name -> agent.addPolicy(Agreement.policy(name)));
    return agent;
  }

  private static AuditEventAgentComponent hub(AuditRow row) {
    return new AuditEventAgentComponent()
        .setType(role(isAnswered(row) ? SOURCE : DESTINATION))
        .setRequestor(false)
        .setWho(new Reference().setDisplay(HUB));
  }

  /** As it says, which nobody has verified. */
  private static AuditEventAgentComponent behalf(String organization) {
    return new AuditEventAgentComponent()
        .setType(new CodeableConcept(new Coding(PARTICIPATION, "BEN", "beneficiary")))
        .setRequestor(false)
        .setWho(
            new Reference()
                .setType("Organization")
                .setIdentifier(
                    new Identifier().setSystem(NamingSystems.URI).setValue(organization)));
  }

  /** BALP: the reader of a resource is where data goes to, all else comes from the client. */
  private static boolean isAnswered(AuditRow row) {
    return row.action().equals("R");
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
    row.patients()
        .forEach(
            id ->
                event
                    .addEntity()
                    .setWhat(new Reference("Patient/" + id))
                    .setType(new Coding(ENTITY_TYPE, "1", "Person"))
                    .setRole(new Coding(OBJECT_ROLE, "1", "Patient")));
  }

  private static CodeableConcept role(Coding role) {
    return new CodeableConcept(role.copy());
  }

  private static CodeableConcept concept(String system, String code) {
    return new CodeableConcept(new Coding(system, code, null));
  }
}
