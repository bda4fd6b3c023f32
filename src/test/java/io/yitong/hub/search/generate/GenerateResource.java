package io.yitong.hub.search.generate;

import io.yitong.hub.search.generate.GenerateWorld.Referring;
import java.math.BigDecimal;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.CodeSystemContentMode;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Group;
import org.hl7.fhir.r4.model.Group.GroupType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.ListResource.ListMode;
import org.hl7.fhir.r4.model.ListResource.ListStatus;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.RiskAssessment;
import org.hl7.fhir.r4.model.RiskAssessment.RiskAssessmentStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestIntent;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.SimpleQuantity;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;
import org.hl7.fhir.r4.model.Type;
import org.hl7.fhir.r4.model.ValueSet;

/** A resource of a type, valid by the specification, otherwise as chance has it. */
final class GenerateResource {
  private final Dice dice;
  private final Pools pools;
  private final Referring references;

  GenerateResource(Dice dice, Pools pools, Referring references) {
    this.dice = dice;
    this.pools = pools;
    this.references = references;
  }

  Resource make(String type, int number) {
    return switch (type) {
      case "Organization" -> organization();
      case "Practitioner" -> practitioner();
      case "PractitionerRole" -> role();
      case "Location" -> location();
      case "ValueSet" -> valueSet(number);
      case "CodeSystem" -> codeSystem();
      case "Medication" -> medication();
      case "Patient" -> patient();
      case "Encounter" -> encounter();
      case "Observation" -> observation();
      case "DiagnosticReport" -> report();
      case "Specimen" -> specimen();
      case "ServiceRequest" -> order();
      case "Condition" -> condition();
      case "MedicationRequest" -> prescription();
      case "Group" -> group();
      case "List" -> list();
      case "RiskAssessment" -> risk();
      case "Provenance" -> provenance();
      default -> throw new IllegalArgumentException(type);
    };
  }

  private boolean often() {
    return !dice.onceIn(4);
  }

  private boolean seldom() {
    return dice.onceIn(4);
  }

  private HumanName name() {
    var name = new HumanName();
    if (often()) {
      name.setFamily(dice.one(Pools.FAMILIES));
    }
    if (often() || !name.hasFamily()) {
      name.addGiven(dice.one(Pools.GIVEN));
    }
    if (seldom()) {
      name.addGiven(dice.one(Pools.GIVEN));
    }
    if (seldom()) {
      name.setText(dice.one("王瑋", "Éva Müller", "Dr. Smith"));
    }
    return name;
  }

  private Address address() {
    return new Address()
        .setCity(dice.one(Pools.CITIES))
        .setCountry(dice.one("CN", "BR"))
        .addLine(dice.one("1 Main St, Apt 4", "解放路 12 号"))
        .setPostalCode(dice.one("400010", "638500"));
  }

  private ContactPoint contact() {
    return new ContactPoint()
        .setSystem(dice.one(ContactPointSystem.PHONE, ContactPointSystem.EMAIL))
        .setValue(dice.one("023-1234", "a@b.cn", "13800000000"));
  }

  private Organization organization() {
    var organization =
        new Organization().setName(dice.one("重庆医院", "Clinic A", "CLINIC b", "Clínica"));
    organization.setActive(often());
    if (often()) {
      organization.addIdentifier(pools.identifier());
    }
    if (often()) {
      organization.setPartOf(references.to("Organization"));
    }
    if (seldom()) {
      organization.addAlias(dice.one("A", "附院"));
    }
    organization.addAddress(address());
    return organization;
  }

  private Practitioner practitioner() {
    var practitioner = new Practitioner().addName(name());
    practitioner.addIdentifier(pools.identifier());
    practitioner.setGender(dice.one(AdministrativeGender.MALE, AdministrativeGender.FEMALE));
    return practitioner;
  }

  private PractitionerRole role() {
    var role = new PractitionerRole();
    role.setPractitioner(references.to("Practitioner"));
    role.setOrganization(references.to("Organization"));
    role.addCode(pools.concept());
    if (often()) {
      role.setPeriod(pools.period());
    }
    return role;
  }

  private Location location() {
    var location = new Location().setName(dice.one("Ward 1", "Ward 2", "急诊科"));
    if (often()) {
      location
          .getPosition()
          .setLatitude(new BigDecimal(dice.one("29.56", "29.60", "-33.9", "0", "89.99")))
          .setLongitude(new BigDecimal(dice.one("106.55", "106.60", "179.99", "-179.99", "0")));
    }
    if (often()) {
      location.setPartOf(references.to("Location"));
    }
    location.setManagingOrganization(references.to("Organization"));
    location.setAddress(address());
    return location;
  }

  private ValueSet valueSet(int number) {
    var set = new ValueSet().setStatus(dice.one(PublicationStatus.ACTIVE, PublicationStatus.DRAFT));
    set.setUrl("http://acme.org/fhir/ValueSet/" + references.run() + "-" + number);
    set.setName(dice.one("SmallSet", "OtherSet"));
    if (often()) {
      set.setVersion(dice.one("1.0", "2.0"));
    }
    if (often()) {
      set.setDateElement(pools.dateTime());
    }
    var include = set.getCompose().addInclude().setSystem(dice.one(Pools.SYSTEMS));
    include.addConcept().setCode(dice.one(Pools.CODES));
    include.addConcept().setCode(dice.one(Pools.CODES));
    set.getCompose().addInclude().setSystem(Pools.SYSTEMS.get(0)).addConcept().setCode("A");
    return set;
  }

  /** Of codes that stand below each other: {@link GenerateWorld} gives them to resources. */
  private CodeSystem codeSystem() {
    var system = new CodeSystem().setStatus(PublicationStatus.ACTIVE);
    system.setContent(CodeSystemContentMode.COMPLETE);
    system.setUrl(Pools.TREES + references.run());
    var top = system.addConcept().setCode("A");
    top.addConcept().setCode("a");
    top.addConcept().setCode("x|y").addConcept().setCode("718-7");
    system.addConcept().setCode("c\\d");
    return system;
  }

  private Medication medication() {
    var medication = new Medication();
    if (often()) {
      medication.setCode(pools.concept());
    }
    medication.addIdentifier(pools.identifier());
    medication.addIngredient().setItem(pools.concept());
    return medication;
  }

  private Patient patient() {
    var patient = new Patient();
    for (var i = dice.below(3); i > 0; i--) {
      patient.addIdentifier(pools.identifier());
    }
    for (var i = dice.below(3); i > 0; i--) {
      patient.addName(name());
    }
    if (often()) {
      patient.setGender(dice.one(AdministrativeGender.values()));
      if (patient.getGender() == AdministrativeGender.NULL) {
        patient.setGender(AdministrativeGender.OTHER);
      }
    }
    if (often()) {
      patient.setBirthDateElement(new DateType(pools.date()));
    }
    if (often()) {
      patient.addAddress(address());
    }
    if (often()) {
      patient.addTelecom(contact());
    }
    switch (dice.below(4)) {
      case 0 -> patient.setDeceased(new BooleanType(dice.onceIn(2)));
      case 1 -> patient.setDeceased(new DateTimeType(pools.time()));
      default -> {
        // alive as far as known
      }
    }
    if (seldom()) {
      patient.setActive(dice.onceIn(2));
    }
    if (often()) {
      patient.addGeneralPractitioner(
          references.to("Practitioner", "Organization", "PractitionerRole"));
    }
    patient.setManagingOrganization(references.to("Organization"));
    return patient;
  }

  private Encounter encounter() {
    var encounter = new Encounter();
    encounter.setStatus(dice.one(EncounterStatus.PLANNED, EncounterStatus.INPROGRESS));
    encounter.setClass_(
        new Coding(
            "http://terminology.hl7.org/CodeSystem/v3-ActCode", dice.one("IMP", "AMB"), null));
    encounter.setSubject(references.to("Patient"));
    if (often()) {
      encounter.setPeriod(pools.period());
    }
    if (often()) {
      encounter.addParticipant().setIndividual(references.to("Practitioner", "PractitionerRole"));
    }
    encounter.setServiceProvider(references.to("Organization"));
    if (seldom()) {
      encounter.setPartOf(references.to("Encounter"));
    }
    if (often()) {
      encounter.addIdentifier(pools.identifier());
    }
    return encounter;
  }

  private Type value() {
    return switch (dice.below(8)) {
      case 0 -> pools.concept();
      case 1 -> new StringType(dice.one("positive", "Positive +", "阴性", "pósitive"));
      case 2 -> pools.dateTime();
      case 3 -> pools.period();
      default -> pools.quantity();
    };
  }

  private Observation observation() {
    var observation = new Observation().setCode(pools.concept());
    observation.setStatus(dice.one(ObservationStatus.FINAL, ObservationStatus.PRELIMINARY));
    if (often()) {
      observation.addCategory(pools.concept());
    }
    if (often()) {
      observation.setSubject(references.to("Patient", "Patient", "Patient", "Group"));
    }
    if (often()) {
      observation.setEncounter(references.to("Encounter"));
    }
    switch (dice.below(5)) {
      case 0 -> observation.setEffective(pools.period());
      case 1 -> observation.setEffective(new InstantType(pools.instant()));
      case 2 -> observation.setEffective(timing());
      case 3 -> {
        // at some time
      }
      default -> observation.setEffective(pools.dateTime());
    }
    if (often()) {
      observation.setValue(value());
    }
    for (var i = dice.below(6) - 3; i > 0; i--) {
      observation.addComponent().setCode(pools.concept()).setValue(value());
    }
    for (var i = dice.below(3); i > 0; i--) {
      observation.addPerformer(references.to("Practitioner", "PractitionerRole", "Organization"));
    }
    if (seldom()) {
      observation.setSpecimen(references.to("Specimen"));
    }
    if (seldom()) {
      observation.addHasMember(references.to("Observation"));
    }
    if (seldom()) {
      observation.addBasedOn(references.to("ServiceRequest"));
    }
    if (often()) {
      observation.addIdentifier(pools.identifier());
    }
    return observation;
  }

  private Timing timing() {
    var timing = new Timing();
    for (var i = dice.below(3); i > 0; i--) {
      timing.addEventElement().setValueAsString(pools.instant());
    }
    if (!timing.hasEvent() || dice.onceIn(3)) {
      timing.getRepeat().setBounds(pools.period());
    }
    return timing;
  }

  private DiagnosticReport report() {
    var report = new DiagnosticReport().setCode(pools.concept());
    report.setStatus(dice.one(DiagnosticReportStatus.FINAL, DiagnosticReportStatus.PARTIAL));
    report.addCategory(pools.concept());
    report.setSubject(references.to("Patient"));
    report.setEncounter(references.to("Encounter"));
    report.setEffective(dice.onceIn(2) ? pools.dateTime() : pools.period());
    report.setIssuedElement(new InstantType(pools.instant()));
    for (var i = dice.below(4); i > 0; i--) {
      report.addResult(references.to("Observation"));
    }
    report.addPerformer(references.to("Organization", "Practitioner"));
    if (often()) {
      report.addSpecimen(references.to("Specimen"));
      report.addBasedOn(references.to("ServiceRequest"));
    }
    return report;
  }

  private Specimen specimen() {
    var specimen = new Specimen().setSubject(references.to("Patient"));
    specimen.setType(pools.concept());
    specimen.getCollection().setCollected(dice.onceIn(2) ? pools.dateTime() : pools.period());
    if (often()) {
      specimen.setAccessionIdentifier(pools.identifier());
    }
    if (seldom()) {
      specimen.addParent(references.to("Specimen"));
    }
    return specimen;
  }

  private ServiceRequest order() {
    var order = new ServiceRequest().setCode(pools.concept()).setIntent(ServiceRequestIntent.ORDER);
    order.setStatus(dice.one(ServiceRequestStatus.ACTIVE, ServiceRequestStatus.COMPLETED));
    order.setSubject(references.to("Patient"));
    order.setRequester(references.to("Practitioner", "Organization", "PractitionerRole"));
    order.setAuthoredOnElement(pools.dateTime());
    if (often()) {
      order.setOccurrence(dice.onceIn(2) ? timing() : pools.period());
    }
    if (often()) {
      order.addInstantiatesUri(dice.one(Pools.URLS));
    }
    if (seldom()) {
      order.addInstantiatesCanonical(dice.one(Pools.URLS) + dice.one("", "|1.0"));
    }
    if (seldom()) {
      order.setRequisition(pools.identifier());
    }
    return order;
  }

  private Condition condition() {
    var condition = new Condition().setCode(pools.concept());
    condition.setSubject(references.to("Patient"));
    condition.setClinicalStatus(
        new CodeableConcept()
            .addCoding(
                new Coding(
                    "http://terminology.hl7.org/CodeSystem/condition-clinical", "active", null)));
    condition.setRecordedDateElement(pools.dateTime());
    switch (dice.below(4)) {
      case 0 -> condition.setOnset(pools.dateTime());
      case 1 -> condition.setOnset(pools.period());
      case 2 -> condition.setOnset(new StringType(dice.one("last summer", "Last winter")));
      default -> {
        // not known when
      }
    }
    if (often()) {
      condition.setEncounter(references.to("Encounter"));
    }
    if (seldom()) {
      condition.addEvidence().addDetail(references.to("Observation", "DiagnosticReport"));
    }
    return condition;
  }

  private MedicationRequest prescription() {
    var request = new MedicationRequest().setIntent(MedicationRequestIntent.ORDER);
    request.setStatus(dice.one(MedicationRequestStatus.ACTIVE, MedicationRequestStatus.STOPPED));
    request.setMedication(dice.onceIn(2) ? pools.concept() : references.to("Medication"));
    if (pools.offers(Family.CONTAINED) && dice.onceIn(2)) {
      contain(request);
    }
    request.setSubject(references.to("Patient"));
    request.setAuthoredOnElement(pools.dateTime());
    request.setRequester(references.to("Practitioner"));
    request.addDosageInstruction().setTiming(timing());
    return request;
  }

  /** One or two formulas of its own. */
  private void contain(MedicationRequest request) {
    for (var i = 1 + dice.below(2); i > 0; i--) {
      var formula = medication();
      formula.setId("m" + i);
      formula.getMeta().addTag(GenerateWorld.TAGS, references.run(), null);
      request.addContained(formula);
      request.addSupportingInformation(new Reference("#m" + i));
    }
  }

  private Group group() {
    var group = new Group().setType(GroupType.PERSON).setActual(true);
    group.setCode(pools.concept());
    group.addMember().setEntity(references.to("Patient"));
    group
        .addCharacteristic()
        .setCode(pools.concept())
        .setExclude(dice.onceIn(2))
        .setValue(dice.onceIn(2) ? pools.concept() : new BooleanType(dice.onceIn(2)));
    return group;
  }

  private ListResource list() {
    var list = new ListResource().setMode(ListMode.WORKING).setStatus(ListStatus.CURRENT);
    list.setTitle(dice.one("Problems", "problems, old"));
    list.setSubject(references.to("Patient"));
    list.setDateElement(pools.dateTime());
    for (var i = dice.below(6); i > 0; i--) {
      list.addEntry().setItem(references.to("Condition", "Observation", "Patient", "Encounter"));
    }
    return list;
  }

  private RiskAssessment risk() {
    var risk = new RiskAssessment().setStatus(RiskAssessmentStatus.FINAL);
    risk.setSubject(references.to("Patient"));
    risk.setOccurrence(dice.onceIn(2) ? pools.dateTime() : pools.period());
    for (var i = dice.below(3); i > 0; i--) {
      risk.addPrediction()
          .setProbability(
              dice.onceIn(4)
                  ? new Range()
                      .setLow(plain(dice.one("5.35", "10")))
                      .setHigh(plain(dice.one("20", "99.5")))
                  : new DecimalType(dice.one("5.4", "5.40", "5.35", "0", "99.5", "100", "0.1")));
    }
    return risk;
  }

  private static SimpleQuantity plain(String value) {
    var quantity = new SimpleQuantity();
    quantity.setValue(new BigDecimal(value));
    return quantity;
  }

  private Provenance provenance() {
    var provenance = new Provenance();
    provenance.addTarget(references.to("Observation", "DiagnosticReport", "ServiceRequest"));
    provenance.setRecordedElement(new InstantType(pools.instant()));
    provenance.addAgent().setWho(references.to("Practitioner", "Organization"));
    return provenance;
  }
}
