package io.yitong.hub.api;

import static io.yitong.hub.api.Clients.randomId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.api.PreferReturnEnum;
import ca.uhn.fhir.rest.api.SearchStyleEnum;
import ca.uhn.fhir.rest.api.SummaryEnum;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.yitong.hub.fhir.FhirJson;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The generic HAPI FHIR client goes through a record's life, in JSON and in XML. */
@QuarkusTest
class GenericClientTest {
  private static final String NUMBERS = Clients.HOSPITAL + ":patient";

  @ParameterizedTest
  @EnumSource(
      value = EncodingEnum.class,
      names = {"JSON", "XML"})
  void a_record_is_written_changed_found_and_deleted(EncodingEnum encoding) {
    var client = client(encoding);
    var number = randomId();

    var created = create(client, number);
    var id = created.getId().toUnqualifiedVersionless();
    assertThat(created.getCreated()).isTrue();
    assertThat(create(client, number).getId().getIdPart()).isEqualTo(id.getIdPart());

    var patient = client.read().resource(Patient.class).withId(id.getIdPart()).execute();
    assertThat(patient.getNameFirstRep().getText()).isEqualTo("王瑋");

    patient.setActive(false);
    var updated =
        client.update().resource(patient).prefer(PreferReturnEnum.REPRESENTATION).execute();
    assertThat(updated.getId().getVersionIdPart()).isEqualTo("2");
    var stale = patient.copy();
    stale.setId(id.withVersion("1"));
    assertThatThrownBy(
            () ->
                client
                    .update()
                    .resource(stale)
                    .withAdditionalHeader("If-Match", "W/\"1\"")
                    .execute())
        .isInstanceOf(PreconditionFailedException.class);

    patch(client, id.getIdPart());
    var newest = client.read().resource(Patient.class).withId(id.getIdPart()).execute();
    assertThat(newest.getNameFirstRep().getText()).isEqualTo("新名");
    assertThat(client.vread(Patient.class, id.getIdPart(), "1").getNameFirstRep().getText())
        .isEqualTo("王瑋");

    var history =
        client.history().onInstance(id).returnBundle(Bundle.class).since(new Date(0)).execute();
    assertThat(history.getTotal()).isEqualTo(3);
    search(client, id.getIdPart(), number);

    client.delete().resourceById(id).execute();
    assertThatThrownBy(() -> client.read().resource(Patient.class).withId(id.getIdPart()).execute())
        .isInstanceOf(ResourceGoneException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = EncodingEnum.class,
      names = {"JSON", "XML"})
  void a_transaction_is_written_and_its_pages_are_loaded(EncodingEnum encoding) {
    var client = client(encoding);
    var bundle = new Bundle().setType(BundleType.TRANSACTION);
    var patient = patient(randomId());
    bundle
        .addEntry()
        .setFullUrl("urn:uuid:" + randomId())
        .setResource(patient)
        .getRequest()
        .setMethod(HTTPVerb.POST)
        .setUrl("Patient");
    var subject = bundle.getEntryFirstRep().getFullUrl();
    for (var i = 0; i < 5; i++) {
      bundle
          .addEntry()
          .setResource(observation(subject))
          .getRequest()
          .setMethod(HTTPVerb.POST)
          .setUrl("Observation");
    }
    var response = client.transaction().withBundle(bundle).execute();
    assertThat(response.getEntry())
        .extracting(entry -> entry.getResponse().getStatus())
        .containsOnly("201");

    var location = response.getEntryFirstRep().getResponse().getLocation();
    var id = location.split("/Patient/", -1)[1].split("/", -1)[0];
    var page =
        client
            .search()
            .forResource(Observation.class)
            .where(Observation.SUBJECT.hasId("Patient/" + id))
            .count(2)
            .returnBundle(Bundle.class)
            .execute();
    var seen = page.getEntry().size();
    while (page.getLink(Bundle.LINK_NEXT) != null) {
      page.getLink(Bundle.LINK_NEXT).setUrl(here(page.getLink(Bundle.LINK_NEXT).getUrl()));
      page = client.loadPage().next(page).execute();
      seen += page.getEntry().size();
    }
    assertThat(seen).isEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = EncodingEnum.class,
      names = {"JSON", "XML"})
  void it_finds_out_what_the_hub_can_do(EncodingEnum encoding) {
    var client = client(encoding);
    var statement = client.capabilities().ofType(CapabilityStatement.class).execute();
    assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");

    var echoed =
        client
            .operation()
            .onServer()
            .named("$echo")
            .withParameter(Parameters.class, "word", new StringType("医通"))
            .execute();
    assertThat(echoed.getParameterFirstRep().getValue().primitiveValue()).isEqualTo("医通");
  }

  private static void patch(IGenericClient client, String id) {
    var patch = new Parameters();
    var operation = patch.addParameter().setName("operation");
    operation.addPart().setName("type").setValue(new CodeType("replace"));
    operation.addPart().setName("path").setValue(new StringType("Patient.name.text"));
    operation.addPart().setName("value").setValue(new StringType("新名"));
    var outcome =
        client
            .patch()
            .withFhirPatch(patch)
            .withId("Patient/" + id)
            .prefer(PreferReturnEnum.OPERATION_OUTCOME)
            .execute();
    assertThat(outcome.getOperationOutcome()).isInstanceOf(OperationOutcome.class);
  }

  private static void search(IGenericClient client, String id, String number) {
    var found =
        client
            .search()
            .forResource(Patient.class)
            .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(NUMBERS, number))
            .usingStyle(SearchStyleEnum.POST)
            .summaryMode(SummaryEnum.TRUE)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(found.getEntry())
        .extracting(entry -> entry.getResource().getIdElement().getIdPart())
        .isEqualTo(List.of(id));
  }

  private static MethodOutcome create(IGenericClient client, String number) {
    return client
        .create()
        .resource(patient(number))
        .conditional()
        .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(NUMBERS, number))
        .execute();
  }

  private static Patient patient(String number) {
    var patient = new Patient();
    patient.addIdentifier().setSystem(NUMBERS).setValue(number);
    patient.addName().setText("王瑋").setFamily("王").addGiven("瑋");
    patient
        .getManagingOrganization()
        .getIdentifier()
        .setSystem("urn:ietf:rfc:3986")
        .setValue(Clients.HOSPITAL);
    return patient;
  }

  private static Observation observation(String subject) {
    var json = Clients.observation(randomId(), "x").getBytes(StandardCharsets.UTF_8);
    var observation = FhirJson.parse(json, Observation.class);
    observation.setSubject(new Reference(subject));
    return observation;
  }

  /** Links have the address by which others know the hub; under test it has another port. */
  private static String here(String link) {
    return "http://localhost:" + RestAssured.port + link.substring(link.indexOf("/fhir"));
  }

  private static IGenericClient client(EncodingEnum encoding) {
    var context = FhirContext.forR4();
    context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    context.getRestfulClientFactory().setSocketTimeout(60_000);
    var client = context.newRestfulGenericClient("http://localhost:" + RestAssured.port + "/fhir");
    client.setEncoding(encoding);
    client.registerInterceptor(new BearerTokenAuthInterceptor(Clients.hospitalToken()));
    return client;
  }
}
