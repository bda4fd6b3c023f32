package io.yitong.hub.mapping.tabular;

import io.yitong.hub.fhir.DeterministicId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.mapping.Dialect;
import io.yitong.hub.mapping.Organizations;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.Provenances;
import io.yitong.hub.mapping.TransactionDraft;
import io.yitong.hub.mapping.lab.LabNumber;
import io.yitong.hub.mapping.lab.ReferenceRange;
import io.yitong.hub.mapping.lab.ReportStatuses;
import io.yitong.hub.mapping.lab.SpecimenTypes;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.StringType;

/** The rows of one report number as one transaction. */
final class LabReport {
  private static final String DATA_ABSENT =
      "http://terminology.hl7.org/CodeSystem/data-absent-reason";

  /** LOINC: Laboratory report; a file says of a report no more than that it is one. */
  private static final String LABORATORY_REPORT = "11502-2";

  private final List<LabCsvRow> rows;
  private final Dialect dialect;
  private final String messageUri;
  private final TransactionDraft draft;
  private final Map<String, Integer> occurrences = new HashMap<>();

  LabReport(List<LabCsvRow> rows, Dialect dialect, String messageUri) {
    this.rows = rows;
    this.dialect = dialect;
    this.messageUri = messageUri;
    this.draft = new TransactionDraft(messageUri);
  }

  Bundle bundle() {
    rows.forEach(LabCsvRow::refuseRagged);
    var first = rows.get(0);
    var number = first.required("report_no");
    var organization = Organizations.sender(dialect, draft);
    var patient = draft.register(patient(first, organization));
    var specimen = specimen(first, number, patient);
    var report = report(number, patient, organization);
    specimen.ifPresent(report::addSpecimen);
    for (var row : rows) {
      var observation = observation(row, number, patient, organization);
      specimen.ifPresent(observation::setSpecimen);
      report.addResult(draft.put(observation));
    }
    draft.put(report);
    draft.put(
        Provenances.of(
            id("provenance", messageUri, number),
            draft,
            organization,
            released().flatMap(PartialTime::exact),
            MapLabCsv.MAPPING,
            messageUri,
            "CSV " + number));
    return draft.bundle();
  }

  /** The latest time any row of the report was released. */
  Optional<PartialTime> released() {
    return rows.stream()
        .flatMap(row -> row.time("reported").stream())
        .reduce((a, b) -> a.instant().isBefore(b.instant()) ? b : a);
  }

  String patientNumber() {
    return rows.get(0).required("patient_no");
  }

  private Patient patient(LabCsvRow row, Reference organization) {
    var patient = new Patient();
    patient.setId(id("patient", patientNumber()));
    patient.addIdentifier(identifier(dialect.patientNumberSystem(), patientNumber(), "MR"));
    var residentId = row.text("resident_id").toUpperCase(Locale.ROOT);
    if (!residentId.isEmpty()) {
      patient.addIdentifier(identifier(NamingSystems.RESIDENT_ID, residentId, "NI"));
    }
    patient.setActive(true).setManagingOrganization(organization);
    patient.addName().setText(row.required("name"));
    row.gender().ifPresent(patient::setGender);
    row.time("birth_date").ifPresent(birth -> patient.setBirthDateElement(birth.date()));
    return patient;
  }

  private Optional<Reference> specimen(LabCsvRow row, String number, Reference patient) {
    var type = row.text("specimen");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    var specimen = new Specimen();
    specimen.setId(id("specimen", number, type));
    specimen.setType(SpecimenTypes.of(type)).setSubject(patient);
    row.time("collected").ifPresent(time -> specimen.getCollection().setCollected(time.dateTime()));
    return Optional.of(draft.put(specimen));
  }

  private Observation observation(
      LabCsvRow row, String report, Reference patient, Reference organization) {
    var code = row.required("item_code");
    var occurrence = String.valueOf(occurrences.merge(code, 1, Integer::sum));
    var observation = new Observation();
    observation.setId(
        occurrence.equals("1")
            ? id("observation", report, code)
            : id("observation", report, code, occurrence));
    observation
        .setStatus(row.status())
        .setCode(code(code, row.text("item_name")))
        .setSubject(patient)
        .addPerformer(organization.copy())
        .addCategory()
        .addCoding()
        .setSystem(NamingSystems.OBSERVATION_CATEGORY)
        .setCode("laboratory");
    row.time("collected").ifPresent(time -> observation.setEffective(time.dateTime()));
    row.time("reported").flatMap(PartialTime::exact).ifPresent(observation::setIssuedElement);
    value(row, observation);
    return observation;
  }

  private static void value(LabCsvRow row, Observation observation) {
    var unit = row.text("unit");
    if (observation.getStatus() == ObservationStatus.CANCELLED && row.text("value").isEmpty()) {
      observation.getDataAbsentReason().addCoding().setSystem(DATA_ABSENT).setCode("not-performed");
    } else {
      var value = row.required("value");
      var number = LabNumber.parse(value);
      observation.setValue(
          number.isPresent() ? number.get().quantity(unit) : new StringType(value));
    }
    var low = row.text("low");
    var high = row.text("high");
    if (!low.isEmpty() || !high.isEmpty()) {
      observation.addReferenceRange(ReferenceRange.between(low, high).component(unit));
    }
  }

  private CodeableConcept code(String code, String name) {
    var coding = new Coding().setSystem(dialect.labCodeSystem()).setCode(code);
    var concept = new CodeableConcept(coding);
    if (!name.isEmpty()) {
      coding.setDisplay(name);
      concept.setText(name);
    }
    return concept;
  }

  private DiagnosticReport report(String number, Reference patient, Reference organization) {
    var report = new DiagnosticReport();
    report.setId(id("report", number));
    report.addIdentifier(identifier(dialect.institution().numberSystem("report"), number, "FILL"));
    report
        .setStatus(status())
        .setCode(
            new CodeableConcept(
                    new Coding().setSystem(NamingSystems.LOINC).setCode(LABORATORY_REPORT))
                .setText("检验报告"))
        .setSubject(patient)
        .addPerformer(organization.copy())
        .addCategory()
        .addCoding()
        .setSystem(NamingSystems.DIAGNOSTIC_SERVICE)
        .setCode("LAB");
    rows.get(0).time("collected").ifPresent(time -> report.setEffective(time.dateTime()));
    released().flatMap(PartialTime::exact).ifPresent(report::setIssuedElement);
    return report;
  }

  private DiagnosticReportStatus status() {
    return ReportStatuses.of(
        rows.stream().map(LabCsvRow::status).collect(Collectors.toUnmodifiableSet()));
  }

  private static Identifier identifier(String system, String value, String type) {
    var identifier = new Identifier().setSystem(system).setValue(value);
    identifier.getType().addCoding().setSystem(NamingSystems.V2_0203).setCode(type);
    return identifier;
  }

  private String id(String kind, String... key) {
    return DeterministicId.of(dialect.institution(), kind, key);
  }
}
