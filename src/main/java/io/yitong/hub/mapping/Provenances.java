package io.yitong.hub.mapping;

import io.yitong.hub.fhir.NamingSystems;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Provenance.ProvenanceEntityRole;
import org.hl7.fhir.r4.model.Reference;

/** One Provenance per message: from whom, from which message, by which mapping. */
public final class Provenances {
  private static final String PARTICIPANT =
      "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  private static final String DATA_ABSENT =
      "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private Provenances() {}

  /**
   * Over all that {@code draft} holds so far.
   *
   * @param recorded when the sender wrote the message; empty when it does not say
   * @param mapping name and version of the mapping, so that a replay can tell whether it is the
   *     same
   * @param label what a person would call the message
   */
  public static Provenance of(
      String id,
      TransactionDraft draft,
      Reference organization,
      Optional<InstantType> recorded,
      String mapping,
      String messageUri,
      String label) {
    var provenance = new Provenance();
    provenance.setId(id);
    draft.references().forEach(provenance::addTarget);
    provenance.setRecordedElement(recorded.orElseGet(Provenances::unknown));
    provenance
        .addAgent()
        .setType(participant("author"))
        .setWho(new Reference(organization.getReference()));
    provenance
        .addAgent()
        .setType(participant("assembler"))
        .setWho(
            new Reference()
                .setIdentifier(
                    new Identifier().setSystem(NamingSystems.BASE + "mapping").setValue(mapping))
                .setDisplay(mapping));
    provenance
        .addEntity()
        .setRole(ProvenanceEntityRole.SOURCE)
        .setWhat(
            new Reference()
                .setIdentifier(new Identifier().setSystem(NamingSystems.URI).setValue(messageUri))
                .setDisplay(label));
    return provenance;
  }

  public static CodeableConcept participant(String type) {
    return new CodeableConcept(new Coding().setSystem(PARTICIPANT).setCode(type));
  }

  private static InstantType unknown() {
    var instant = new InstantType();
    instant.addExtension(DATA_ABSENT, new CodeType("unknown"));
    return instant;
  }
}
