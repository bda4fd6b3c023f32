package io.yitong.hub.recognition.cds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UrlType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a partner hub holds, in the answer to an order. */
@QuarkusTest
class PartnersInCardsTest {
  private static final String BASE = "https://linshui.example/fhir";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject WriteResources write;
  @Inject SearchRecord record;
  @Inject Persons persons;
  @Inject AgroalDataSource database;

  private final String partner = "partner-" + UUID.randomUUID();

  @BeforeEach
  void an_agreement_is_in_force() {
    register(EndpointStatus.ACTIVE);
    var probe = Scene.of(write);
    await().atMost(PATIENCE).until(() -> probe.order("LIVER").asString().contains("邻水区域平台"));
  }

  @AfterEach
  void it_ends() {
    register(EndpointStatus.OFF);
    var probe = Scene.of(write);
    await().atMost(PATIENCE).until(() -> !probe.order("LIVER").asString().contains("邻水区域平台"));
  }

  @Test
  void a_partners_results_count_under_the_agreements_scope_and_are_linked_where_they_are() {
    // Given
    var scene = Scene.of(write);
    scene.passed();
    hold(scene, liverPanel(scene));

    // When
    var answer = scene.order("LIVER");

    // Then
    answer
        .then()
        .statusCode(200)
        .body("cards[0].summary", equalTo("肝功能：推荐互认已有结果（川渝HR），可节省 60 元（价格为示例）"))
        .body("cards[0].links.url", hasItem(containsString(BASE + "/Observation/")));
    scene.accept(scene.hospital, answer.path("cards[0].uuid")).then().statusCode(200);
    assertThat(withdrawn(scene).getExtensionsByUrl(NamingSystems.RECOGNISED_RESULT))
        .hasSize(8)
        .allSatisfy(
            extension ->
                assertThat(((Reference) extension.getValue()).getReference()).startsWith(BASE));
  }

  @Test
  void a_partner_that_cannot_be_asked_is_named_and_the_local_answer_still_comes() {
    // Given
    var scene = Scene.of(write);
    scene.passed();
    scene.liverPanelMeasured();

    // Then
    scene
        .order("LIVER")
        .then()
        .statusCode(200)
        .body("cards", hasSize(1))
        .body("cards[0].suggestions", hasSize(1))
        .body("cards[0].detail", allOf(containsString("邻水区域平台"), containsString("其结果未计入")));
  }

  @Test
  void with_nothing_known_here_the_silence_itself_is_said() {
    Scene.of(write)
        .order("LIVER")
        .then()
        .statusCode(200)
        .body("cards", hasSize(1))
        .body("cards[0].indicator", equalTo("warning"))
        .body("cards[0].summary", allOf(containsString("邻水区域平台"), containsString("其结果未计入")));
  }

  @Test
  void where_the_person_is_not_certain_no_partner_is_asked_and_none_is_heard() {
    // Given
    var scene = Scene.withoutResidentId(write);
    scene.passed();
    hold(scene, liverPanel(scene));

    // Then
    scene.order("LIVER").then().statusCode(200).body("cards", empty());
  }

  private static Bundle liverPanel(Scene scene) {
    var bundle = new Bundle().setType(BundleType.COLLECTION);
    for (var item : Scene.liver().required()) {
      var unit = Scene.CATALOGUE.item(item).orElseThrow().unit().orElseThrow();
      var result = scene.observation(item.code(), "50", unit);
      result.getMeta().setSource(BASE + "/Observation/" + result.getIdPart());
      bundle.addEntry().setFullUrl(result.getMeta().getSource()).setResource(result);
    }
    return bundle;
  }

  private void hold(Scene scene, Bundle bundle) {
    var person = persons.of(scene.patientHere).orElseThrow().person();
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into partner_holding (person, partner, fetched_at, expires_at, content)
                values (?, ?, now(), now() + interval '1 hour', ?)""")) {
      insert.setObject(1, person.value());
      insert.setString(2, partner);
      insert.setBytes(3, FhirJson.write(bundle));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServiceRequest withdrawn(Scene scene) {
    var query =
        SearchQuery.parse(ResourceType.ServiceRequest, "subject=Patient/" + scene.patientHere);
    return record.search(query, ReadFilter.everything()).matches().get(0).as(ServiceRequest.class);
  }

  private void register(EndpointStatus status) {
    var organization = new Organization();
    organization.setId(partner);
    organization.setName("邻水区域平台").addAlias("Linshui hub");
    organization.addIdentifier().setSystem(NamingSystems.URI).setValue("urn:yitong:hub:" + partner);
    var endpoint = new Endpoint();
    endpoint.setId(partner);
    endpoint
        .setStatus(status)
        .setConnectionType(
            new Coding(
                "http://terminology.hl7.org/CodeSystem/endpoint-connection-type",
                "hl7-fhir-rest",
                null))
        .setManagingOrganization(new Reference("Organization/" + partner))
        .setAddress(BASE)
        .addPayloadType()
        .setText("FHIR R4");
    endpoint.addExtension(agreement());
    var context =
        new WriteContext(
            Caller.hub("test", CorrelationId.random()), Optional.empty(), Optional.empty(), "");
    write.put(organization, Optional.empty(), context);
    write.put(endpoint, Optional.empty(), context);
  }

  private Extension agreement() {
    var agreement = new Extension(NamingSystems.BASE + "StructureDefinition/exchange-agreement");
    Map.of(
            "name", new StringType("chongqing-linshui"),
            "region", new CodeType("511623"),
            "recognition-scope", new CodeType("chuanyu"),
            "token-endpoint", new UrlType("https://linshui.example/token"),
            "client-there", new StringType("hub-chongqing"),
            "client-here", new StringType(partner),
            "basis", new StringType("treatment contract"),
            "category", new CodeType("laboratory"))
        .forEach((url, value) -> agreement.addExtension(new Extension(url, value)));
    return agreement;
  }
}
