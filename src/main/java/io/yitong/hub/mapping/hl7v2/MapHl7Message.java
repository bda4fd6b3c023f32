package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Dialect;
import io.yitong.hub.mapping.Mapped;
import io.yitong.hub.mapping.Mapped.Refusal;
import io.yitong.hub.mapping.Mapped.Success;
import io.yitong.hub.mapping.Organizations;
import io.yitong.hub.mapping.Table;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Reference;

/**
 * HL7 v2 to FHIR, after the HL7 v2-to-FHIR implementation guide: one mapper per segment, shared by
 * all messages; which messages and in what way is a table.
 */
@ApplicationScoped
public class MapHl7Message {
  /** Name and version of the mapping; a change that gives other resources counts it on. */
  public static final String MAPPING = "hl7v2/1";

  /** Table 0103: production, training, debugging. */
  private static final Set<String> PROCESSING_IDS = Set.of("P", "T", "D");

  private static final Table VERSIONS = Table.load("/mapping/hl7v2/versions.csv");

  /**
   * @param messageUri identity of the message; becomes meta.source of every resource
   * @return never an exception for what a message can contain
   */
  public Mapped map(Hl7Message message, Dialect dialect, String messageUri) {
    var map = MessageMap.of(message.typeAndTrigger());
    var refusal = refusal(message, map);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    try {
      return map(new Run(message, dialect, messageUri), map.get());
    } catch (HubException e) {
      return new Refusal(e.code(), e.where(), e.arguments());
    }
  }

  private static Optional<Refusal> refusal(Hl7Message message, Optional<MessageMap> map) {
    if (message.controlId().isEmpty()) {
      return Optional.of(Refusal.of(ErrorCode.MESSAGE_WITHOUT_CONTROL_ID, "MSH-10"));
    }
    if (map.isEmpty()) {
      return Optional.of(
          Refusal.of(ErrorCode.MESSAGE_TYPE_UNSUPPORTED, "MSH-9", message.typeAndTrigger()));
    }
    if (!PROCESSING_IDS.contains(message.processingId())) {
      return Optional.of(
          Refusal.of(
              ErrorCode.MESSAGE_PROCESSING_ID_UNSUPPORTED, "MSH-11", message.processingId()));
    }
    return VERSIONS.has(message.version())
        ? Optional.empty()
        : Optional.of(
            Refusal.of(ErrorCode.MESSAGE_VERSION_UNSUPPORTED, "MSH-12", message.version()));
  }

  private static Success map(Run run, MessageMap map) {
    var pid = run.required("PID");
    var numbers = PatientNumbers.ofPid(pid, run);
    var organization = Organizations.sender(run.dialect(), run.draft());
    switch (map.kind()) {
      case PERSON -> run.draft().put(MapPid.patient(pid, numbers, run, organization));
      case ADMINISTRATION -> administration(pid, numbers, organization, map, run);
      case MERGE -> merge(organization, run);
      case RESULTS -> results(pid, numbers, organization, run);
    }
    var asOf = MapMsh.asOf(run);
    run.draft().put(MapMsh.provenance(run, organization));
    return new Success(
        run.draft().bundle(),
        run.message().typeAndTrigger(),
        asOf,
        numbers.number(),
        run.unmapped());
  }

  private static void administration(
      Fields pid, PatientNumbers numbers, Reference organization, MessageMap map, Run run) {
    refuseSeveralPatients(numbers, run);
    var patient = run.draft().put(MapPid.patient(pid, numbers, run, organization));
    run.first("PV1")
        .filter(MapPv1::isVisit)
        .ifPresent(
            pv1 -> {
              var event = map.encounter();
              run.draft()
                  .put(MapPv1.encounter(pv1, event, numbers.number(), patient, organization, run));
            });
  }

  /** What a result says of patient and visit it says in passing. */
  private static void results(Fields pid, PatientNumbers numbers, Reference organization, Run run) {
    refuseSeveralPatients(numbers, run);
    var patient = run.draft().register(MapPid.patient(pid, numbers, run, organization));
    var encounter =
        run.first("PV1")
            .filter(pv1 -> MapPv1.visitNumber(pv1).isPresent())
            .map(
                pv1 -> {
                  var event = Optional.of(EncounterStatus.UNKNOWN);
                  return MapPv1.encounter(pv1, event, numbers.number(), patient, organization, run);
                })
            .map(run.draft()::register);
    new MapResults(run, patient, encounter, organization).map();
  }

  /** Every MRG belongs to the PID before it. */
  private static void merge(Reference organization, Run run) {
    run.required("MRG");
    Fields survivor = run.required("PID");
    for (var segment : run.segments()) {
      if (segment.name().equals("PID")) {
        survivor = segment;
      } else if (segment.name().equals("MRG")) {
        merge(survivor, segment, organization, run);
      }
    }
  }

  private static void merge(Fields pid, Fields mrg, Reference organization, Run run) {
    var numbers = PatientNumbers.ofPid(pid, run);
    var old = PatientNumbers.ofMrg(mrg, run);
    if (old.number().equals(numbers.number())) {
      throw new HubException(
          ErrorCode.MESSAGE_FIELD_INVALID, "MRG-1", "MRG-1", old.number(), "= PID-3");
    }
    var survivor = MapPid.patient(pid, numbers, run, organization);
    var reference = run.draft().put(survivor);
    var replaced = MapMrg.replaced(mrg, old, reference, organization, run);
    survivor.addLink().setType(LinkType.REPLACES).setOther(run.draft().put(replaced));
  }

  private static void refuseSeveralPatients(PatientNumbers numbers, Run run) {
    for (var segment : run.segments()) {
      if (segment.name().equals("PID")
          && !PatientNumbers.ofPid(segment, run).number().equals(numbers.number())) {
        throw new HubException(ErrorCode.MESSAGE_SEVERAL_PATIENTS, "PID");
      }
    }
  }
}
