package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.lab.ReportStatuses;
import io.yitong.hub.mapping.lab.SpecimenFacts;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** The OBR groups of a message → ServiceRequest, Specimen, Observation, DiagnosticReport. */
final class MapResults {
  private final Run run;
  private final Reference patient;
  private final Optional<Reference> encounter;
  private final Reference laboratory;

  MapResults(Run run, Reference patient, Optional<Reference> encounter, Reference laboratory) {
    this.run = run;
    this.patient = patient;
    this.encounter = encounter;
    this.laboratory = laboratory;
  }

  void map() {
    var groups = OrderGroup.of(run.segments());
    if (groups.isEmpty()) {
      throw new HubException(ErrorCode.MESSAGE_SEGMENT_MISSING, "OBR", "OBR");
    }
    groups.forEach(this::map);
  }

  private void map(OrderGroup group) {
    var facts = facts(group);
    var report = MapObr.report(facts, group.obr(), run);
    var statuses = EnumSet.noneOf(ObservationStatus.class);
    var performers = new LinkedHashMap<String, Reference>();
    for (var result : group.results()) {
      if (MapDocument.isDocument(result.obx())) {
        run.draft().put(MapDocument.document(result, facts, run));
      } else {
        var observation = MapObx.observation(result, facts, run);
        report.addResult(run.draft().put(observation));
        statuses.add(observation.getStatus());
        var performer = observation.getPerformerFirstRep();
        performers.putIfAbsent(performer.getReference(), performer.copy());
      }
    }
    if (facts.status().isEmpty()) {
      report.setStatus(ReportStatuses.of(statuses));
    }
    performers.putIfAbsent(laboratory.getReference(), laboratory.copy());
    complete(report, facts, performers.values().iterator().next());
  }

  private void complete(DiagnosticReport report, ReportFacts facts, Reference performer) {
    report.setSubject(patient).addBasedOn(facts.order()).addPerformer(performer);
    encounter.ifPresent(report::setEncounter);
    facts.specimen().map(SpecimenFacts::reference).ifPresent(report::addSpecimen);
    run.draft().put(report);
  }

  private ReportFacts facts(OrderGroup group) {
    var obr = group.obr();
    var numbers = OrderNumbers.of(group);
    var code =
        obr.has(4)
            ? Concepts.of(obr.value(4), run.dialect().labCodeSystem())
            : new CodeableConcept();
    var collected = run.time(obr, 7);
    return new ReportFacts(
        run.idOfOccurrence("report", numbers.result(run), numbers.service()),
        numbers,
        code,
        obr.component(24, 1),
        obr.component(25, 1),
        collected,
        run.time(obr, 22).flatMap(PartialTime::exact),
        patient,
        encounter,
        laboratory,
        order(group, numbers, code),
        specimen(group, numbers, collected));
  }

  /** Several OBR may answer one order. */
  private Reference order(OrderGroup group, OrderNumbers numbers, CodeableConcept code) {
    var id = run.id("order", numbers.order(run), numbers.service());
    var key = new ResourceKey(ResourceType.ServiceRequest, id);
    var order = MapObr.order(group, numbers, code, run);
    order.setId(id);
    order.setSubject(patient);
    encounter.ifPresent(order::setEncounter);
    MapNte.annotation(group.notes()).ifPresent(order::addNote);
    return run.draft().has(key) ? new Reference(key.reference()) : run.draft().put(order);
  }

  private Optional<SpecimenFacts> specimen(
      OrderGroup group, OrderNumbers numbers, Optional<PartialTime> collected) {
    Optional<SpecimenFacts> first = Optional.empty();
    for (var spm : group.specimens()) {
      var specimen = MapSpm.specimen(spm, numbers, patient, run);
      first = first.isPresent() ? first : Optional.of(specimen);
    }
    return first.isPresent() ? first : MapSpm.ofObr(group.obr(), numbers, collected, patient, run);
  }
}
