package io.yitong.hub.document;

import static io.yitong.hub.api.Clients.fuling;
import static io.yitong.hub.api.Clients.hospital;
import static io.yitong.hub.api.Clients.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.access.audit.AuditRows;
import io.yitong.hub.api.Clients;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.testing.TestIssuer;
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
  @Inject AuditRows audit;

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
  void whoever_has_no_care_relationship_gets_none() {
    var patient = Fixtures.patient(Fixtures.randomId());
    put(patient);
    var encounter = Fixtures.encounter(id(patient));
    put(encounter);
    var composition = composition(patient, encounter, author(), patient);
    put(composition);
    var address = "/fhir/Composition/" + id(composition) + "/$document";

    fuling().get(address).then().statusCode(403);
    fuling().get(address + "?persist=true").then().statusCode(403);
  }

  @Test
  void a_document_that_is_to_be_kept_is_a_bundle_of_the_callers_from_then_on() {
    var address = documentOf(kept());
    var correlation = Fixtures.randomId();

    var answer =
        hospital()
            .header("X-Correlation-Id", correlation)
            .get(address + "?persist=true")
            .then()
            .statusCode(200)
            .body("type", equalTo("document"))
            .body("meta.versionId", equalTo("1"))
            .extract();

    var id = answer.<String>path("id");
    assertThat(answer.header("Location")).endsWith("/fhir/Bundle/" + id + "/_history/1");
    assertThat(hospital().get("/fhir/Bundle/" + id).asString()).isEqualTo(answer.asString());
    var composition = answer.<String>path("entry[0].resource.id");
    hospital()
        .get("/fhir/Bundle?composition=" + composition)
        .then()
        .statusCode(200)
        .body("entry.resource.id", contains(id));
    hospital()
        .get("/fhir/Bundle?composition.type=11488-4&_id=" + id)
        .then()
        .body("entry.resource.id", contains(id));
    fuling().get("/fhir/Bundle/" + id).then().statusCode(403);
    var patient = answer.<String>path("entry[0].resource.subject.reference").substring(8);
    assertThat(audit.interactions(correlation))
        .containsExactly(
            "create Bundle " + patient, "$document Composition/" + composition + " " + patient);
  }

  @Test
  void it_is_kept_by_who_may_create_bundles_alone() {
    var address = documentOf(kept()) + "?persist=true";
    var reader =
        with(TestIssuer.token("chongqing-his", Clients.HOSPITAL, "system/*.rs", "hospital"));
    reader
        .get(address)
        .then()
        .statusCode(403)
        .body("issue[0].details.coding[0].code", equalTo("scope-missing"));
    hospital()
        .body(
            """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"request":{"method":"GET","url":"%s"}}]}"""
                .formatted(address.substring("/fhir/".length())))
        .post("/fhir")
        .then()
        .statusCode(400)
        .body("issue[0].expression[0]", equalTo("persist"));
  }

  @Test
  void a_bundle_may_refer_to_its_own_entries() {
    var id = Fixtures.randomId();
    hospital()
        .body(
            """
            {"resourceType":"Bundle","id":"%s","type":"collection","entry":[
             {"fullUrl":"urn:uuid:%s","resource":{"resourceType":"Basic","code":{"text":"note"},
              "subject":{"reference":"urn:uuid:%s"}}}]}"""
                .formatted(id, Fixtures.randomId(), Fixtures.randomId()))
        .put("/fhir/Bundle/" + id)
        .then()
        .statusCode(201);
  }

  private static Composition kept() {
    var patient = Fixtures.patient(Fixtures.randomId());
    put(patient);
    var encounter = Fixtures.encounter(id(patient));
    put(encounter);
    var composition = composition(patient, encounter, author(), patient);
    put(composition);
    return composition;
  }

  private static String documentOf(Composition composition) {
    return "/fhir/Composition/" + id(composition) + "/$document";
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
