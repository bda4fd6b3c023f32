package io.yitong.hub.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.testing.FhirPackage;
import io.yitong.hub.testing.ProfileValidator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.ServiceRequest.ServiceRequestStatus;
import org.hl7.fhir.r4.model.Specimen;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ProfilesTest {
  private static final String LAB = "urn:yitong:institution:511623-people-hospital:lab-code";

  @TestFactory
  Stream<DynamicTest> every_example_is_valid() {
    return FhirPackage.examples().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () ->
                        assertThat(ProfileValidator.shared().errors(example.getValue()))
                            .isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> a_patient_is_refused() {
    return Stream.of(
        refused("without an identifier", Patient.class, p -> p.setIdentifier(null), "identifier"),
        refused(
            "with a wrong check digit",
            Patient.class,
            p -> residentId(p, "511623198503140012"),
            "yt-pat-1"),
        refused(
            "with a resident ID that is too short",
            Patient.class,
            p -> residentId(p, "51162319850314"),
            "yt-pat-1"),
        refused(
            "with two resident IDs",
            Patient.class,
            p -> p.addIdentifier(p.getIdentifierFirstRep().copy()),
            "residentId"),
        refused(
            "with a number outside its institution's number space",
            Patient.class,
            p -> p.getIdentifier().get(1).setSystem("http://his.example/patients"),
            "yt-pat-2"),
        refused(
            "with an empty name",
            Patient.class,
            p -> p.getNameFirstRep().setText(null).setFamily(null),
            "yt-pat-3"),
        refused(
            "that no institution knows",
            Patient.class,
            p -> p.setManagingOrganization(null),
            "managingOrganization"),
        refused(
            "with an extension nobody defined",
            Patient.class,
            p ->
                p.addExtension(
                    NamingSystems.BASE + "StructureDefinition/blood-group", new StringType("A")),
            "blood-group"),
        refused(
            "with an ethnicity that is text only",
            Patient.class,
            p ->
                p.addExtension(
                    NamingSystems.BASE + "StructureDefinition/ethnicity", new StringType("汉族")),
            "ethnicity"));
  }

  @Test
  void a_patient_whose_resident_id_is_wrong_is_kept_when_tagged_so() {
    var patient = example(Patient.class);
    residentId(patient, "511623198503140012");
    patient
        .getMeta()
        .addTag(
            new Coding(
                NamingSystems.BASE + "CodeSystem/identity-quality", "resident-id-invalid", null));

    assertThat(ProfileValidator.shared().errors(patient)).isEmpty();
  }

  @Test
  void a_check_digit_may_be_x() {
    var patient = example(Patient.class);
    residentId(patient, "51162319850315009X");

    assertThat(ProfileValidator.shared().errors(patient)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> an_encounter_is_refused() {
    return Stream.of(
        refused(
            "with a number of no system",
            Encounter.class,
            e -> e.getIdentifierFirstRep().setSystem(null),
            "yt-enc-1"),
        refused("of no patient", Encounter.class, e -> e.setSubject(null), "subject"),
        refused(
            "of a group", Encounter.class, e -> e.setSubject(new Reference("Group/1")), "yt-enc-9"),
        refused(
            "at no institution",
            Encounter.class,
            e -> e.setServiceProvider(null),
            "serviceProvider"));
  }

  @TestFactory
  Stream<DynamicTest> an_order_is_refused() {
    return Stream.of(
        refused(
            "that names a recognised result and is not revoked",
            ServiceRequest.class,
            o -> o.setStatus(ServiceRequestStatus.ACTIVE),
            "yt-ord-1"),
        refused(
            "for a group",
            ServiceRequest.class,
            o -> o.setSubject(new Reference("Group/1")),
            "yt-ord-9"),
        refused(
            "that names a recognised result for nothing",
            ServiceRequest.class,
            o -> o.setCode(null),
            "yt-ord-3"),
        refused(
            "for a code of no system",
            ServiceRequest.class,
            o -> o.getCode().getCodingFirstRep().setSystem(null),
            "yt-ord-2"),
        refused(
            "for a charge item that does not exist",
            ServiceRequest.class,
            o -> o.getCode().getCodingFirstRep().setCode("LIVERS").setDisplay(null),
            "LIVERS"),
        refused(
            "whose recognised result is a text",
            ServiceRequest.class,
            o -> o.getExtension().get(0).setValue(new StringType("Observation/alt")),
            "recognised-result"),
        refused(
            "with a code system that was made up",
            ServiceRequest.class,
            o -> o.getCode().getCodingFirstRep().setSystem(NamingSystems.BASE + "CodeSystem/x"),
            "fhir-profiles has no code system"));
  }

  @TestFactory
  Stream<DynamicTest> a_specimen_is_refused() {
    return Stream.of(
        refused("of nobody", Specimen.class, s -> s.setSubject(null), "subject"),
        refused(
            "of a device",
            Specimen.class,
            s -> s.setSubject(new Reference("Device/1")),
            "yt-spec-9"));
  }

  @TestFactory
  Stream<DynamicTest> a_result_is_refused() {
    return Stream.of(
        refused(
            "without a value or a reason for having none",
            Observation.class,
            o -> o.setValue(null),
            "yt-obs-1"),
        refused(
            "of another category",
            Observation.class,
            o -> o.getCategoryFirstRep().getCodingFirstRep().setCode("vital-signs"),
            "laboratory"),
        refused(
            "named by a code of no system",
            Observation.class,
            o -> o.getCode().getCodingFirstRep().setSystem(null),
            "yt-obs-2"),
        refused(
            "with a local code outside the institution's code system",
            Observation.class,
            o -> o.getCode().getCodingFirstRep().setSystem(LAB + "s"),
            "yt-obs-3"),
        refused(
            "with a LOINC code of another form",
            Observation.class,
            o -> o.getCode().getCoding().get(1).setCode("ALT"),
            "yt-obs-4"),
        refused(
            "with two LOINC codes",
            Observation.class,
            o -> o.getCode().addCoding().setSystem(NamingSystems.LOINC).setCode("1743-4"),
            "loinc"),
        refused(
            "of a specimen",
            Observation.class,
            o -> o.setSubject(new Reference("Specimen/serum")),
            "yt-obs-9"),
        refused("measured by nobody", Observation.class, o -> o.setPerformer(null), "performer"),
        refused(
            "whose laboratory has a urn without its division",
            Observation.class,
            o -> o.getPerformerFirstRep().getIdentifier().setValue("urn:yitong:institution:lab"),
            "yt-obs-5"),
        refused(
            "whose laboratory is a bare reference",
            Observation.class,
            o -> o.getPerformerFirstRep().setIdentifier(null),
            "yt-obs-7"),
        refused(
            "with a unit that is not UCUM",
            Observation.class,
            o -> o.setValue(quantity().setSystem("http://units.example")),
            "yt-obs-6"),
        refused(
            "with a UCUM unit that does not exist",
            Observation.class,
            o -> o.setValue(quantity().setCode("×10^9/L")),
            "10^9"),
        refused(
            "with a mark nobody grants",
            Observation.class,
            o ->
                ((CodeableConcept) o.getExtension().get(0).getValue())
                    .getCodingFirstRep()
                    .setCode("galaxy"),
            "galaxy"));
  }

  @Test
  void a_cancelled_result_needs_no_value() {
    var result = example(Observation.class);
    result.setValue(null).setStatus(ObservationStatus.CANCELLED);

    assertThat(ProfileValidator.shared().errors(result)).isEmpty();
  }

  @Test
  void a_unit_that_was_not_understood_stays_in_words() {
    var result = example(Observation.class);
    result.setValue(new Quantity().setValue(3).setUnit("个/HP"));

    assertThat(ProfileValidator.shared().errors(result)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> a_report_is_refused() {
    return Stream.of(
        refused(
            "with a number of no system",
            DiagnosticReport.class,
            r -> r.getIdentifierFirstRep().setSystem(null),
            "yt-rep-1"),
        refused(
            "that is not the laboratory's",
            DiagnosticReport.class,
            r -> r.getCategoryFirstRep().getCodingFirstRep().setCode("RAD"),
            "laboratory"),
        refused(
            "of a group",
            DiagnosticReport.class,
            r -> r.setSubject(new Reference("Group/1")),
            "yt-rep-9"),
        refused("of nobody", DiagnosticReport.class, r -> r.setSubject(null), "subject"));
  }

  @TestFactory
  Stream<DynamicTest> an_organization_is_refused() {
    return Stream.of(
        refused("without a name", Organization.class, o -> o.setName(null), "name"),
        refused(
            "whose urn lacks its division",
            Organization.class,
            o -> o.getIdentifierFirstRep().setValue("urn:yitong:institution:people-hospital"),
            "yt-org-2"),
        refused(
            "with two urns",
            Organization.class,
            o ->
                o.addIdentifier()
                    .setSystem(NamingSystems.URI)
                    .setValue("urn:yitong:institution:511623-b"),
            "institution"));
  }

  @TestFactory
  Stream<DynamicTest> a_practitioner_is_refused() {
    return Stream.of(
        refused(
            "without number and name",
            Practitioner.class,
            p -> p.setIdentifier(null).setName(null),
            "yt-prac-1"),
        refused(
            "with a number of no system",
            Practitioner.class,
            p -> p.getIdentifierFirstRep().setSystem(null),
            "yt-prac-2"),
        refused(
            "with an empty name",
            Practitioner.class,
            p -> p.getName().set(0, new HumanName().addPrefix("Dr")),
            "yt-prac-3"));
  }

  @TestFactory
  Stream<DynamicTest> a_provenance_is_refused() {
    return Stream.of(
        refused("of nothing", Provenance.class, p -> p.setTarget(null), "target"),
        refused("of no moment", Provenance.class, p -> p.setRecordedElement(null), "recorded"),
        refused(
            "for which nobody answers",
            Provenance.class,
            p -> p.getAgentFirstRep().setWho(new Reference().setDisplay("HIS")),
            "yt-prov-1"));
  }

  @TestFactory
  Stream<DynamicTest> a_person_is_refused() {
    return Stream.of(
        refused(
            "whose link does not say how sure it is",
            Person.class,
            p -> p.getLinkFirstRep().setAssurance(null),
            "assurance"),
        refused(
            "who stands for a practitioner",
            Person.class,
            p -> p.getLinkFirstRep().setTarget(new Reference("Practitioner/1")),
            "yt-per-9"),
        refused(
            "whose resident ID has a wrong check digit",
            Person.class,
            p ->
                p.addIdentifier()
                    .setSystem(NamingSystems.RESIDENT_ID)
                    .setValue("511623198503140012"),
            "yt-per-1"));
  }

  @TestFactory
  Stream<DynamicTest> an_endpoint_is_refused() {
    return Stream.of(
        refused(
            "of no organisation",
            Endpoint.class,
            e -> e.setManagingOrganization(null),
            "managingOrganization"),
        refused(
            "with a slash at its address's end",
            Endpoint.class,
            e -> e.setAddress(e.getAddress() + "/"),
            "yt-end-1"),
        refused(
            "whose agreement lacks its legal basis",
            Endpoint.class,
            e ->
                e.getExtension()
                    .get(0)
                    .getExtension()
                    .removeIf(part -> part.getUrl().equals("basis")),
            "exchange-agreement"),
        refused(
            "whose agreement counts in a scope nobody knows",
            Endpoint.class,
            e -> agreed(e, "recognition-scope", new CodeType("galaxy")),
            "galaxy"),
        refused(
            "whose partner has a region without six digits",
            Endpoint.class,
            e -> agreed(e, "region", new CodeType("50")),
            "yt-agr-1"),
        refused(
            "whose agreement has a part nobody agreed on",
            Endpoint.class,
            e -> e.getExtension().get(0).addExtension("price", new StringType("1")),
            "exchange-agreement"),
        refused(
            "that does not speak FHIR",
            Endpoint.class,
            e -> e.getConnectionType().setCode("dicom-wado-rs"),
            "connectionType"));
  }

  @Test
  void types_without_a_profile_are_held_to_fhir_itself() {
    var audit = new AuditEvent().setOutcomeDesc("no type, no source, no agent");

    assertThat(ProfileValidator.shared().errors(audit))
        .anySatisfy(error -> assertThat(error).contains("AuditEvent.agent"));
  }

  private static <T extends DomainResource> DynamicTest refused(
      String how, Class<T> type, Consumer<T> change, String naming) {
    return DynamicTest.dynamicTest(
        how,
        () -> {
          var resource = example(type);
          change.accept(resource);
          assertThat(ProfileValidator.shared().errorsByProfileOfType(resource))
              .anySatisfy(error -> assertThat(error).contains(naming));
        });
  }

  private static <T extends DomainResource> T example(Class<T> type) {
    return type.cast(
        FhirPackage.examples().values().stream()
            .filter(type::isInstance)
            .findFirst()
            .orElseThrow()
            .copy());
  }

  private static void agreed(Endpoint endpoint, String part, Type value) {
    endpoint.getExtension().get(0).getExtensionByUrl(part).setValue(value);
  }

  private static void residentId(Patient patient, String value) {
    patient.getIdentifierFirstRep().setValue(value);
  }

  private static Quantity quantity() {
    return new Quantity().setValue(32).setUnit("U/L").setSystem(NamingSystems.UCUM).setCode("U/L");
  }
}
