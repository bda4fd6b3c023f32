package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.Provenances;
import java.time.Instant;
import java.util.Optional;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;

/** MSH and EVN → Provenance, and when the sender says it was so. */
final class MapMsh {
  private MapMsh() {}

  /** EVN-2, else MSH-7. */
  static Optional<Instant> asOf(Run run) {
    var evn = run.first("EVN");
    evn.ifPresent(segment -> segment.understood(1));
    var recorded = evn.flatMap(segment -> run.time(segment, 2));
    var sent = run.time(run.segments().get(0), 7);
    return recorded.or(() -> sent).map(PartialTime::instant);
  }

  static Provenance provenance(Run run, Reference organization) {
    var msh = run.segments().get(0);
    msh.understood(1, 2, 5, 6, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21);
    var message = run.message();
    var recorded =
        run.time(msh, 7)
            .flatMap(PartialTime::exact)
            .or(() -> run.first("EVN").flatMap(e -> run.time(e, 2)).flatMap(PartialTime::exact));
    var provenance =
        Provenances.of(
            run.id("provenance", run.messageUri()),
            run.draft(),
            organization,
            recorded,
            MapHl7Message.MAPPING,
            run.messageUri(),
            message.typeAndTrigger() + " " + message.controlId());
    provenance.getActivity().addCoding().setSystem(Systems.V2 + "0003").setCode(message.trigger());
    sendingApplication(msh, run, provenance, organization);
    return provenance;
  }

  /** MSH-3 and MSH-4: which system of the institution wrote it. */
  private static void sendingApplication(
      Fields msh, Run run, Provenance provenance, Reference organization) {
    var application = msh.component(3, 1);
    var facility = msh.component(4, 1);
    if (application.isEmpty() && facility.isEmpty()) {
      return;
    }
    var who = new Reference().setDisplay((facility + " " + application).strip());
    who.getIdentifier()
        .setSystem(run.institution().numberSystem("application"))
        .setValue(application.isEmpty() ? facility : application);
    provenance
        .addAgent()
        .setType(Provenances.participant("composer"))
        .setWho(who)
        .setOnBehalfOf(new Reference(organization.getReference()));
  }
}
