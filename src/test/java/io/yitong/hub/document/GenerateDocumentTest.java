package io.yitong.hub.document;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.record.Fixtures;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GenerateDocumentTest {
  @Inject ValidateResource validate;

  @Test
  void a_document_is_the_composition_and_all_it_leads_to_in_stored_bytes() {
    var patient = Fixtures.patient(Fixtures.randomId());
    put(patient);
    var encounter = Fixtures.encounter(id(patient));
    put(encounter);
    var author = author();
    var result = Fixtures.observation(id(patient), "ALT", "2026-03-01T07:30:00+08:00", 32);
    put(result);
    var composition = composition(patient, encounter, author, result);
    put(composition);

    var answer =
        hospital()
            .get("/fhir/Composition/" + id(composition) + "/$document")
            .then()
            .statusCode(200);

    assertThat(answer.extract().<List<String>>path("entry.resource.id"))
        .startsWith(id(composition))
        .containsExactlyInAnyOrder(
            id(composition), id(patient), id(encounter), id(author), id(result));
    answer.body("type", equalTo("document"));
    var text = answer.extract().asString();
    assertThat(text).contains(hospital().get("/fhir/Observation/" + id(result)).asString());
    assertThat(
            validate.flaws(text.getBytes(StandardCharsets.UTF_8), Optional.empty()).stream()
                .filter(Flaw::isError))
        .isEmpty();
  }

  @Test
  void a_document_is_whole_or_none() {
    var patient = Fixtures.patient(Fixtures.randomId());
    put(patient);
    var encounter = Fixtures.encounter(id(patient));
    put(encounter);
    var result = Fixtures.observation(id(patient), "ALT", "2026-03-01T07:30:00+08:00", 32);
    put(result);
    var composition = composition(patient, encounter, author(), result);
    put(composition);
    hospital().delete("/fhir/Observation/" + id(result)).then().statusCode(204);

    hospital()
        .get("/fhir/Composition/" + id(composition) + "/$document")
        .then()
        .statusCode(422)
        .body("issue[0].details.coding[0].code", equalTo("reference-unresolved"));
  }

  @Test
  void whoever_has_no_care_relationship_gets_none_and_none_is_kept() {
    var patient = Fixtures.patient(Fixtures.randomId());
    put(patient);
    var encounter = Fixtures.encounter(id(patient));
    put(encounter);
    var composition = composition(patient, encounter, author(), patient);
    put(composition);
    var address = "/fhir/Composition/" + id(composition) + "/$document";

    fuling().get(address).then().statusCode(403);
    hospital().get(address + "?persist=false").then().statusCode(200);
    hospital()
        .get(address + "?persist=true")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo("persist"));
  }

  private static Composition composition(
      Resource patient, Encounter encounter, Organization author, Resource entry) {
    var composition = new Composition();
    composition.setId(Fixtures.randomId());
    composition.setStatus(CompositionStatus.FINAL);
    composition.setType(Fixtures.concept("http://loinc.org", "11488-4"));
    composition.setSubject(to(patient));
    composition.setEncounter(to(encounter));
    composition.setDate(new Date());
    composition.addAuthor(to(author));
    composition.setTitle("会诊记录 Consultation note");
    composition
        .addSection()
        .setTitle("结果 Results")
        .addEntry(to(entry))
        .getText()
        .setStatus(org.hl7.fhir.r4.model.Narrative.NarrativeStatus.GENERATED)
        .setDivAsString("<div xmlns=\"http://www.w3.org/1999/xhtml\">ALT</div>");
    return composition;
  }

  private static Organization author() {
    var organization = new Organization();
    organization.setId(Fixtures.randomId());
    organization.setName("检验科 Laboratory");
    organization
        .addIdentifier()
        .setSystem("urn:ietf:rfc:3986")
        .setValue("urn:uuid:" + id(organization));
    put(organization);
    return organization;
  }

  private static Reference to(Resource resource) {
    return new Reference(resource.fhirType() + "/" + id(resource));
  }

  private static String id(Resource resource) {
    return resource.getIdElement().getIdPart();
  }

  private static void put(Resource resource) {
    hospital()
        .body(new String(FhirJson.write(resource), StandardCharsets.UTF_8))
        .put("/fhir/" + resource.fhirType() + "/" + id(resource))
        .then()
        .statusCode(oneOf(200, 201));
  }
}
