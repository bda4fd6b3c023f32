package io.yitong.hub.api.access;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.record.visibility.BrokenGlass;
import io.yitong.hub.record.visibility.BrokenGlass.Opening;
import io.yitong.hub.record.write.WriteResources;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.Communication.CommunicationPriority;
import org.hl7.fhir.r4.model.Communication.CommunicationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.StringType;

/**
 * Tells that a clinician went past the rules: a Communication to every institution that holds part
 * of the person's record, as its own data, and one of the hub's for the privacy officer.
 */
@ApplicationScoped
class TellOfOpening {
  static final String NOTICES = NamingSystems.BASE + "CodeSystem/notice";
  static final String BREAK_GLASS = "break-glass";

  private final BrokenGlass glass;
  private final WriteResources write;

  TellOfOpening(BrokenGlass glass, WriteResources write) {
    this.glass = glass;
    this.write = write;
  }

  void of(Opening opening) {
    for (var holder : glass.holders(opening.patient())) {
      write(
          notice(opening, holder.patient()).addRecipient(organization(holder.institution())),
          Optional.of(holder.institution()),
          opening);
    }
    write(notice(opening, opening.patient()), Optional.empty(), opening);
  }

  private void write(Communication notice, Optional<InstitutionId> owner, Opening opening) {
    write.create(
        notice,
        new WriteContext(
            Caller.hub(BREAK_GLASS, opening.correlation()),
            owner,
            Optional.empty(),
            NamingSystems.BASE + BREAK_GLASS));
  }

  private static Communication notice(Opening opening, String patient) {
    var notice =
        new Communication()
            .setStatus(CommunicationStatus.COMPLETED)
            .setPriority(CommunicationPriority.URGENT)
            .addCategory(new CodeableConcept(new Coding(NOTICES, BREAK_GLASS, null)))
            .setSubject(new Reference(new ResourceKey(ResourceType.Patient, patient).reference()))
            .setSent(Date.from(opening.since()))
            .setSender(organization(opening.institution()))
            .addReasonCode(new CodeableConcept().setText(opening.reason()));
    notice.addPayload().setContent(new StringType(text(opening)));
    return notice;
  }

  private static String text(Opening opening) {
    return "%s 的医务人员 %s 越权调阅了该患者的全部档案，至 %s 止。 Clinician %s of %s went past the rules to this patient's whole record, until %s."
        .formatted(
            opening.institution(),
            opening.clinician(),
            opening.until(),
            opening.clinician(),
            opening.institution(),
            opening.until());
  }

  /** By its identifier: nothing may hinder an emergency, not an Organization that is not here. */
  private static Reference organization(InstitutionId institution) {
    return new Reference().setIdentifier(institution.asIdentifier());
  }
}
