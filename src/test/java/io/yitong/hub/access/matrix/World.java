package io.yitong.hub.access.matrix;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.OTHER_HOSPITAL;

import io.restassured.specification.RequestSpecification;
import io.yitong.hub.access.consent.ReadCare;
import io.yitong.hub.api.Clients;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.identity.ResidentIds;
import io.yitong.hub.record.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Contract;
import org.hl7.fhir.r4.model.Contract.ContractStatus;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/** The persons of the matrix, one for each relationship; all through HTTP. */
public final class World {
  private static final String ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  private static final String ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

  private final Map<String, Subject> subjects = new HashMap<>();

  World(RequestSpecification clinician) {
    put(Clients.fuling(), organization());
    subjects.put("own", own());
    subjects.put("visit", withVisit());
    subjects.put("ended", ended());
    subjects.put("referral", asked(TaskStatus.ACCEPTED));
    subjects.put("requested", asked(TaskStatus.REQUESTED));
    subjects.put("contract", contract());
    subjects.put("consent", consented(permit()));
    subjects.put(
        "research", consented(permit().addPurpose(new Coding(ACT_REASON, "HRESCH", null))));
    subjects.put("laboratory", consented(laboratory()));
    subjects.put("denied", withVisitAnd(provision(ConsentProvisionType.DENY)));
    subjects.put("hiv", withVisitAnd(permit().addSecurityLabel(new Coding(ACT_CODE, "HIV", null))));
    subjects.put("glass", glass(clinician));
    subjects.put("none", at(OTHER_HOSPITAL, Fixtures.randomId()));
  }

  Subject of(String relationship) {
    return subjects.get(relationship);
  }

  private static Subject own() {
    return at(HOSPITAL, residentId());
  }

  private static Subject withVisit() {
    var subject = known();
    put(hospital(), Fixtures.encounter(id(subject.asker())));
    return subject;
  }

  private static Subject withVisitAnd(ProvisionComponent provision) {
    var subject = withVisit();
    put(fuling(), consent(id(subject.patient()), provision));
    return subject;
  }

  private static Subject ended() {
    var subject = known();
    var visit = Fixtures.encounter(id(subject.asker()));
    visit.setStatus(EncounterStatus.FINISHED);
    visit.setPeriod(
        new Period()
            .setStartElement(new DateTimeType("2026-03-01T08:00:00+08:00"))
            .setEndElement(new DateTimeType("2026-03-01T09:00:00+08:00")));
    put(hospital(), visit);
    return subject;
  }

  private static Subject contract() {
    var subject = known();
    var contract = new Contract().setStatus(ContractStatus.EXECUTED);
    contract.setId(Fixtures.randomId());
    contract.setType(Fixtures.concept(ReadCare.CONTRACT_KINDS, "family-doctor"));
    contract.addSubject(reference(subject.asker()));
    put(hospital(), contract);
    return subject;
  }

  private static Subject asked(TaskStatus status) {
    var subject = at(OTHER_HOSPITAL, residentId());
    put(fuling(), task(id(subject.patient()), status));
    return subject;
  }

  /** A referral to the hospital. */
  static Task task(String patient, TaskStatus status) {
    var task = new Task().setStatus(status).setIntent(TaskIntent.ORDER);
    task.setId(Fixtures.randomId());
    task.setCode(Fixtures.concept(ReadCare.TASK_KINDS, "referral"));
    task.setFor(new Reference("Patient/" + patient));
    task.setOwner(new Reference().setIdentifier(HOSPITAL.asIdentifier()));
    return task;
  }

  private static Subject consented(ProvisionComponent provision) {
    var subject = at(OTHER_HOSPITAL, residentId());
    put(fuling(), consent(id(subject.patient()), provision));
    return subject;
  }

  private static Subject glass(RequestSpecification clinician) {
    var subject = known();
    clinician
        .body(
            """
            {"resourceType":"Parameters","parameter":[{"name":"reason","valueString":"昏迷，无法取得同意"}]}""")
        .post("/fhir/Patient/" + id(subject.asker()) + "/$break-glass")
        .then()
        .statusCode(200);
    return subject;
  }

  /** At Fuling, and registered at the hospital. */
  private static Subject known() {
    var residentId = residentId();
    var subject = at(OTHER_HOSPITAL, residentId);
    var here = patient(HOSPITAL, residentId);
    put(hospital(), here);
    return new Subject(subject.resources(), subject.patient(), here);
  }

  private static Subject at(InstitutionId institution, String residentId) {
    var client = institution.equals(HOSPITAL) ? hospital() : fuling();
    var patient = patient(institution, residentId);
    put(client, patient);
    var patientId = id(patient);
    var visit = Fixtures.encounter(patientId);
    visit.setStatus(EncounterStatus.FINISHED);
    visit.setPeriod(new Period().setEndElement(new DateTimeType("2026-03-01T09:00:00+08:00")));
    visit.setServiceProvider(new Reference().setIdentifier(institution.asIdentifier()));
    var vital = Fixtures.observation(patientId, "HR", "2026-03-01T07:30:00+08:00", 72);
    vital.setCategory(List.of(Fixtures.concept(NamingSystems.OBSERVATION_CATEGORY, "vital-signs")));
    var hiv = Fixtures.observation(patientId, "HIV", "2026-03-01T07:30:00+08:00", 1);
    hiv.getCode().addCoding(new Coding(NamingSystems.LOINC, "56888-1", null));
    Map<String, Resource> resources =
        Map.of(
            "Encounter",
            visit,
            "Lab",
            Fixtures.observation(patientId, "ALT", "2026-03-01T07:30:00+08:00", 32),
            "Vital",
            vital,
            "Report",
            report(patientId),
            "Condition",
            condition(patientId),
            "HIV",
            hiv);
    resources.values().forEach(resource -> put(client, resource));
    return Subject.of(resources, patient, patient);
  }

  private static Patient patient(InstitutionId institution, String residentId) {
    var patient = new Patient();
    patient.setId(Fixtures.randomId());
    patient
        .addIdentifier()
        .setSystem(institution.numberSystem("patient"))
        .setValue(patient.getIdElement().getIdPart());
    if (residentId.length() == 18) {
      patient.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(residentId);
    }
    patient.addName().setFamily("王").addGiven("瑋").setText("王瑋");
    patient.setManagingOrganization(new Reference("Organization/" + OTHER_HOSPITAL.name()));
    return patient;
  }

  private static DiagnosticReport report(String patient) {
    var report = new DiagnosticReport().setStatus(DiagnosticReportStatus.FINAL);
    report.setId(Fixtures.randomId());
    report.addCategory(Fixtures.concept(NamingSystems.DIAGNOSTIC_SERVICE, "LAB"));
    report.setCode(new CodeableConcept().setText("肝功能"));
    report.setSubject(new Reference("Patient/" + patient));
    return report;
  }

  private static Condition condition(String patient) {
    var condition = new Condition();
    condition.setId(Fixtures.randomId());
    condition.setClinicalStatus(
        Fixtures.concept("http://terminology.hl7.org/CodeSystem/condition-clinical", "active"));
    condition.getCode().setText("高血压 Hypertension");
    condition.setSubject(new Reference("Patient/" + patient));
    return condition;
  }

  /** An active one about privacy. */
  public static Consent consent(String patient, ProvisionComponent provision) {
    var consent = new Consent().setStatus(ConsentState.ACTIVE);
    consent.setId(Fixtures.randomId());
    consent.setScope(
        Fixtures.concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"));
    consent.addCategory(Fixtures.concept("http://loinc.org", "59284-0"));
    consent.setPatient(new Reference("Patient/" + patient));
    consent.setDateTimeElement(new DateTimeType("2026-03-01"));
    consent.setPolicyRule(Fixtures.concept(ACT_CODE, "OPTIN"));
    consent.setProvision(provision);
    return consent;
  }

  /** To the hospital. */
  public static ProvisionComponent permit() {
    var provision = provision(ConsentProvisionType.PERMIT);
    provision
        .addActor()
        .setRole(
            Fixtures.concept("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP"))
        .setReference(new Reference().setIdentifier(HOSPITAL.asIdentifier()));
    return provision;
  }

  static ProvisionComponent provision(ConsentProvisionType type) {
    return new ProvisionComponent().setType(type);
  }

  private static ProvisionComponent laboratory() {
    var provision = permit();
    provision.addCode(Fixtures.concept(NamingSystems.OBSERVATION_CATEGORY, "laboratory"));
    return provision;
  }

  static Organization organization() {
    var organization = new Organization().setName("涪陵区医院（示例）");
    organization.setId(OTHER_HOSPITAL.name());
    organization.addIdentifier(OTHER_HOSPITAL.asIdentifier());
    return organization;
  }

  private static RequestSpecification hospital() {
    return Clients.hospital();
  }

  private static RequestSpecification fuling() {
    return Clients.fuling();
  }

  /** Writes it. */
  public static void put(RequestSpecification client, Resource resource) {
    client
        .body(json(resource))
        .put("/fhir/" + resource.fhirType() + "/" + id(resource))
        .then()
        .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
  }

  static String json(Resource resource) {
    return new String(FhirJson.write(resource), StandardCharsets.UTF_8);
  }

  private static Reference reference(Patient patient) {
    return new Reference("Patient/" + id(patient));
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  private static String residentId() {
    return ResidentIds.text();
  }
}
