package io.yitong.hub.mapping.hl7v2;

import io.yitong.hub.fhir.NamingSystems;
import java.util.Optional;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestPriority;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;

/** ORC and OBR → ServiceRequest and DiagnosticReport. */
final class MapObr {
  private static final String CATEGORY_LABORATORY = "LAB";

  private MapObr() {}

  static ServiceRequest order(
      OrderGroup group, OrderNumbers numbers, CodeableConcept code, Run run) {
    var obr = group.obr();
    obr.understood(1);
    group.orc().ifPresent(orc -> orc.understood(1));
    var order = new ServiceRequest();
    if (!numbers.placer().isEmpty()) {
      order.addIdentifier(numbers.placerIdentifier(run));
    }
    if (!numbers.filler().isEmpty()) {
      order.addIdentifier(numbers.fillerIdentifier(run));
    }
    group
        .orc()
        .map(orc -> orc.component(4, 1))
        .filter(requisition -> !requisition.isEmpty())
        .ifPresent(
            requisition ->
                order.setRequisition(
                    new Identifier()
                        .setSystem(run.institution().numberSystem("order-group"))
                        .setValue(requisition)));
    order.setStatus(status(group)).setIntent(ServiceRequestIntent.ORDER);
    if (!code.isEmpty()) {
      order.setCode(code.copy());
    }
    requester(group, run, order);
    group
        .orc()
        .flatMap(orc -> run.time(orc, 9))
        .or(() -> run.time(obr, 6))
        .ifPresent(time -> order.setAuthoredOnElement(time.dateTime()));
    priority(obr).ifPresent(order::setPriority);
    for (var reason : obr.values(31)) {
      order.addReasonCode(Concepts.of(reason, run.institution().numberSystem("reason")));
    }
    var clinical = obr.whole(13);
    if (!clinical.isEmpty()) {
      order.addNote(new Annotation().setText(clinical));
    }
    return order;
  }

  private static void requester(OrderGroup group, Run run, ServiceRequest order) {
    var own = group.obr().value(16);
    var xcn = own.isEmpty() ? group.orc().map(orc -> orc.value(12)).orElse(own) : own;
    MapXcn.practitioner(xcn, run).ifPresent(order::setRequester);
  }

  /** ORC-5 (HL7 table 0038), else what the state of the result says (OBR-25). */
  private static ServiceRequestStatus status(OrderGroup group) {
    var said =
        switch (group.orc().map(orc -> orc.component(5, 1)).orElse("")) {
          case "A", "IP", "SC" -> ServiceRequestStatus.ACTIVE;
          case "CA", "DC", "RP" -> ServiceRequestStatus.REVOKED;
          case "CM" -> ServiceRequestStatus.COMPLETED;
          case "ER" -> ServiceRequestStatus.ENTEREDINERROR;
          case "HD" -> ServiceRequestStatus.ONHOLD;
          default -> null;
        };
    return said != null
        ? said
        : ReportFacts.STATUSES
            .cell(group.obr().component(25, 1), 2)
            .map(ServiceRequestStatus::fromCode)
            .orElse(ServiceRequestStatus.UNKNOWN);
  }

  /** OBR-5 (v2.2 and before), else the priority in OBR-27. */
  private static Optional<ServiceRequestPriority> priority(Fields obr) {
    var code = obr.component(5, 1);
    return switch (code.isEmpty() ? obr.component(27, 6) : code) {
      case "S" -> Optional.of(ServiceRequestPriority.STAT);
      case "A" -> Optional.of(ServiceRequestPriority.ASAP);
      case "R" -> Optional.of(ServiceRequestPriority.ROUTINE);
      case "" -> Optional.empty();
      default -> {
        obr.notUnderstood(5);
        obr.notUnderstood(27);
        yield Optional.empty();
      }
    };
  }

  static DiagnosticReport report(ReportFacts facts, Fields obr, Run run) {
    var report = new DiagnosticReport();
    report.setId(facts.report());
    var numbers = facts.numbers();
    if (!numbers.filler().isEmpty()) {
      report.addIdentifier(numbers.fillerIdentifier(run));
    }
    report.setStatus(
        ReportFacts.STATUSES
            .of(facts.status())
            .map(DiagnosticReportStatus::fromCode)
            .orElse(DiagnosticReportStatus.UNKNOWN));
    category(facts, report);
    report.setCode(facts.code().isEmpty() ? Unknown.concept() : facts.code().copy());
    facts.effective().ifPresent(time -> report.setEffective(time.dateTime()));
    facts.issued().ifPresent(report::setIssuedElement);
    for (var interpreter : obr.values(32)) {
      MapXcn.practitioner(interpreter.nested(1), run).ifPresent(report::addResultsInterpreter);
    }
    return report;
  }

  /** LAB for every laboratory section, and the section itself where the sender says which. */
  private static void category(ReportFacts facts, DiagnosticReport report) {
    if (facts.category().equals("laboratory")) {
      report.addCategory(section(CATEGORY_LABORATORY));
    }
    if (facts.sectionKnown() && !facts.section().equals(CATEGORY_LABORATORY)) {
      report.addCategory(section(facts.section()));
    }
  }

  private static CodeableConcept section(String code) {
    return new CodeableConcept(
        new Coding().setSystem(NamingSystems.DIAGNOSTIC_SERVICE).setCode(code));
  }
}
