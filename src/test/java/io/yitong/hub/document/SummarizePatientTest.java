package io.yitong.hub.document;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.yitong.hub.api.Clients;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.record.Fixtures;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SummarizePatientTest {
  private static final InstitutionId FULING = new InstitutionId(Clients.FULING);

  @Inject ValidateResource validate;

  @Test
  void a_summary_is_a_valid_document_whose_sections_find_their_entries() {
    var patient = admitted();
    put(hospital(), allergy(patient, "青霉素 Penicillin", "active"));
    put(hospital(), condition(patient, "高血压 Hypertension", "active"));
    put(hospital(), condition(patient, "骨折 Fracture", "resolved"));
    put(hospital(), Fixtures.observation(patient, "ALT", "2026-01-01T07:30:00+08:00", 30));
    put(hospital(), Fixtures.observation(patient, "ALT", "2026-02-01T07:30:00+08:00", 35));

    var text = summary(hospital(), patient);
    var bundle = FhirJson.parse(text.getBytes(StandardCharsets.UTF_8), Bundle.class);
    var composition = (Composition) bundle.getEntryFirstRep().getResource();

    assertThat(bundle.getType()).isEqualTo(BundleType.DOCUMENT);
    assertThat(composition.getSubject().getReference()).endsWith("/fhir/Patient/" + patient);
    assertThat(composition.getSection())
        .extracting(section -> section.getCode().getCodingFirstRep().getCode())
        .containsExactly("10160-0", "48765-2", "11450-4", "30954-2");
    assertThat(narrative(composition, "48765-2")).contains("青霉素 Penicillin").contains("过敏");
    assertThat(narrative(composition, "11450-4")).contains("Hypertension").doesNotContain("骨折");
    assertThat(narrative(composition, "30954-2")).contains("35.0 U/L").doesNotContain("30.0 U/L");
    assertThat(entries(composition)).allMatch(urls(bundle)::contains);
    assertThat(errors(text)).isEmpty();
  }

  @Test
  void of_what_nothing_is_known_that_is_said_and_not_that_there_is_none() {
    var patient = admitted();

    var text = summary(hospital(), patient);
    var bundle = FhirJson.parse(text.getBytes(StandardCharsets.UTF_8), Bundle.class);

    assertThat(text)
        .contains("no-allergy-info", "no-medication-info", "no-problem-info")
        .doesNotContain("no-known");
    var composition = (Composition) bundle.getEntryFirstRep().getResource();
    assertThat(composition.getSection()).hasSize(3).allMatch(SectionComponent::hasEntry);
    assertThat(errors(text)).isEmpty();
  }

  @Test
  void what_another_institution_knows_of_the_same_person_belongs_into_it() {
    var here = Fixtures.patient(Fixtures.randomId());
    here.addIdentifier().setSystem(NamingSystems.RESIDENT_ID).setValue(residentId());
    here.setBirthDateElement(new DateType("1970-05-17"));
    put(hospital(), here);
    put(hospital(), Fixtures.encounter(id(here)));
    var there = here.copy();
    there.setId(Fixtures.randomId());
    there.getIdentifier().get(0).setSystem(FULING.numberSystem("patient"));
    there.setManagingOrganization(new Reference().setIdentifier(FULING.asIdentifier()));
    put(fuling(), there);
    put(fuling(), allergy(id(there), "花生 Peanut", "active"));

    assertThat(summary(hospital(), id(here)))
        .contains("花生 Peanut")
        .contains("Patient/" + id(there));
  }

  @Test
  void it_can_be_asked_for_by_identifier() {
    var patient = admitted();

    hospital()
        .get("/fhir/Patient/$summary?identifier=" + Fixtures.NUMBERS + "%7CP-" + patient)
        .then()
        .statusCode(200)
        .body("entry[1].resource.id", equalTo(patient));
    hospital().get("/fhir/Patient/$summary").then().statusCode(400);
    hospital()
        .get("/fhir/Patient/" + patient + "/$summary?profile=http://example.org/other")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo("profile"));
  }

  @Test
  void whoever_has_no_care_relationship_is_told_nothing() {
    var patient = admitted();

    fuling().get("/fhir/Patient/" + patient + "/$summary").then().statusCode(403);
    fuling()
        .get("/fhir/Patient/$summary?identifier=" + Fixtures.NUMBERS + "%7CP-" + patient)
        .then()
        .statusCode(403);
  }

  private List<String> errors(String bundle) {
    return validate.flaws(bundle.getBytes(StandardCharsets.UTF_8), Optional.empty()).stream()
        .filter(Flaw::isError)
        .map(flaw -> flaw.path() + ": " + flaw.text())
        .toList();
  }

  private static String summary(RequestSpecification client, String patient) {
    return client
        .get("/fhir/Patient/" + patient + "/$summary")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  private static String narrative(Composition composition, String code) {
    return composition.getSection().stream()
        .filter(section -> section.getCode().getCodingFirstRep().getCode().equals(code))
        .map(section -> section.getText().getDivAsString())
        .findFirst()
        .orElseThrow();
  }

  private static List<String> entries(Composition composition) {
    return composition.getSection().stream()
        .flatMap(section -> section.getEntry().stream())
        .map(Reference::getReference)
        .toList();
  }

  private static Set<String> urls(Bundle bundle) {
    var urls = new HashSet<String>();
    bundle.getEntry().forEach(entry -> urls.add(entry.getFullUrl()));
    return urls;
  }

  private static String admitted() {
    var patient = Fixtures.patient(Fixtures.randomId());
    put(hospital(), patient);
    put(hospital(), Fixtures.encounter(id(patient)));
    return id(patient);
  }

  /** Of somebody born 1970-05-17, with the check character of GB 11643. */
  private static String residentId() {
    var random = ThreadLocalRandom.current();
    var number = "51%04d19700517%03d".formatted(random.nextInt(1, 10_000), random.nextInt(1000));
    var sum = 0;
    for (var i = 0; i < number.length(); i++) {
      sum += Character.digit(number.charAt(i), 10) * ((1 << (17 - i)) % 11);
    }
    return number + "10X98765432".charAt(sum % 11);
  }

  private static AllergyIntolerance allergy(String patient, String what, String status) {
    var allergy = new AllergyIntolerance();
    allergy.setId(Fixtures.randomId());
    allergy.setClinicalStatus(
        Fixtures.concept(
            "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", status));
    allergy.setCode(new CodeableConcept().setText(what));
    allergy.setPatient(new Reference("Patient/" + patient));
    allergy.setRecordedDateElement(new DateTimeType("2026-01-05"));
    return allergy;
  }

  private static Condition condition(String patient, String what, String status) {
    var condition = new Condition();
    condition.setId(Fixtures.randomId());
    condition.setClinicalStatus(
        Fixtures.concept("http://terminology.hl7.org/CodeSystem/condition-clinical", status));
    condition.setCode(new CodeableConcept().setText(what));
    condition.setSubject(new Reference("Patient/" + patient));
    condition.setRecordedDateElement(new DateTimeType("2026-01-05"));
    return condition;
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  private static void put(RequestSpecification client, Resource resource) {
    client
        .body(new String(FhirJson.write(resource), StandardCharsets.UTF_8))
        .put("/fhir/" + resource.fhirType() + "/" + id(resource))
        .then()
        .statusCode(oneOf(200, 201));
  }
}
