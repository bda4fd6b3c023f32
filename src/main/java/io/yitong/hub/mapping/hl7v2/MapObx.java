package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.Table;
import io.yitong.hub.mapping.lab.Interpretations;
import io.yitong.hub.mapping.lab.ReferenceRange;
import io.yitong.hub.mapping.lab.SpecimenFacts;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;

/** OBX → Observation. */
final class MapObx {
  private static final Table STATUSES = Table.load("/mapping/hl7v2/observation-status.csv");

  private MapObx() {}

  static Observation observation(OrderGroup.Result result, ReportFacts facts, Run run) {
    var obx = result.obx();
    obx.understood(1);
    var code = code(obx, facts, run);
    var observation = new Observation();
    observation.setId(id("observation", obx, facts, run));
    var subId = obx.component(4, 1);
    if (!subId.isEmpty()) {
      observation
          .addIdentifier()
          .setSystem(run.institution().numberSystem("observation-sub-id"))
          .setValue(subId);
    }
    observation
        .setStatus(status(obx, facts))
        .setCode(code)
        .setSubject(facts.patient())
        .addBasedOn(facts.order())
        .addCategory()
        .addCoding()
        .setSystem(NamingSystems.OBSERVATION_CATEGORY)
        .setCode(facts.category());
    facts.encounter().ifPresent(observation::setEncounter);
    facts.specimen().map(SpecimenFacts::reference).ifPresent(observation::setSpecimen);
    times(obx, facts, observation, run);
    value(obx, observation, run);
    performers(obx, facts, observation, run);
    methodAndDevice(obx, observation, run);
    MapNte.annotation(result.notes()).ifPresent(observation::addNote);
    return observation;
  }

  /** A code sent twice is two observations: the sub-id, or else the order, keeps them apart. */
  static String id(String kind, Fields obx, ReportFacts facts, Run run) {
    var code = obx.component(3, 1);
    return run.idOfOccurrence(
        kind,
        facts.numbers().result(run),
        facts.numbers().service(),
        code.isEmpty() ? obx.component(3, 2) : code,
        obx.component(4, 1));
  }

  static CodeableConcept code(Fields obx, ReportFacts facts, Run run) {
    var code = Concepts.of(obx.value(3), run.dialect().labCodeSystem());
    if (!code.isEmpty()) {
      return code;
    }
    if (facts.code().isEmpty()) {
      throw new HubException(ErrorCode.MESSAGE_FIELD_MISSING, "OBX-3", "OBX-3");
    }
    return facts.code().copy();
  }

  static ObservationStatus status(Fields obx, ReportFacts facts) {
    return STATUSES
        .of(obx.component(11, 1))
        .or(() -> ReportFacts.STATUSES.cell(facts.status(), 3))
        .map(ObservationStatus::fromCode)
        .orElse(ObservationStatus.UNKNOWN);
  }

  /**
   * OBX-14, else the report's. An OBX-14 that is no time leaves it unknown: the report's could be
   * another's.
   */
  private static void times(Fields obx, ReportFacts facts, Observation observation, Run run) {
    var own = run.time(obx, 14);
    var effective = obx.has(14) ? own : facts.effective();
    effective.map(PartialTime::dateTime).ifPresent(observation::setEffective);
    var analysed = run.time(obx, 19).flatMap(PartialTime::exact);
    facts.issued().or(() -> analysed).ifPresent(observation::setIssuedElement);
  }

  private static void value(Fields obx, Observation observation, Run run) {
    var unit = unit(obx);
    new ObxValue(obx, unit, run).into(observation);
    var range = obx.whole(7);
    if (!range.isEmpty()) {
      observation.addReferenceRange(ReferenceRange.parse(range, unit).component(unit));
    }
    for (var flag : obx.values(8)) {
      observation.addInterpretation(Interpretations.of(flag.component(1)));
    }
  }

  /** OBX-6: the unit as written, or its name where only that is sent. */
  private static String unit(Fields obx) {
    var code = obx.component(6, 1);
    return code.isEmpty() ? obx.component(6, 2) : code;
  }

  private static void performers(Fields obx, ReportFacts facts, Observation observation, Run run) {
    observation.addPerformer(laboratory(obx, run).orElseGet(() -> facts.laboratory().copy()));
    for (var observer : obx.values(16)) {
      MapXcn.practitioner(observer, run).ifPresent(observation::addPerformer);
    }
  }

  /** OBX-23, before v2.5.1 OBX-15; empty where the sender did it itself. */
  private static Optional<Reference> laboratory(Fields obx, Run run) {
    if (obx.has(23)) {
      return MapXon.organization(obx.value(23), run);
    }
    return obx.has(15) ? MapXon.producer(obx.value(15), run) : Optional.empty();
  }

  private static void methodAndDevice(Fields obx, Observation observation, Run run) {
    if (obx.has(17)) {
      observation.setMethod(Concepts.of(obx.value(17), run.institution().numberSystem("method")));
    }
    var device = obx.value(18).isEmpty() ? "" : deviceName(obx.value(18));
    if (!device.isEmpty()) {
      observation.setDevice(new Reference().setDisplay(device));
    }
  }

  private static String deviceName(Hl7Value equipment) {
    var id = equipment.component(1);
    var namespace = equipment.component(2);
    return id.isEmpty() ? namespace : namespace.isEmpty() ? id : id + " " + namespace;
  }
}
