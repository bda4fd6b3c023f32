package io.yitong.hub.api.capability;

import io.quarkus.arc.All;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.interaction.InvokeOperation;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.record.index.Definition;
import io.yitong.hub.record.index.SearchParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.FHIRVersion;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.UriType;

/**
 * Says what is wired, and nothing that is not: the types stored, their parameters, the operations.
 */
@ApplicationScoped
public class DescribeCapabilities {
  private static final String OAUTH_URIS =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

  private static final List<TypeRestfulInteraction> INTERACTIONS =
      List.of(
          TypeRestfulInteraction.READ,
          TypeRestfulInteraction.VREAD,
          TypeRestfulInteraction.UPDATE,
          TypeRestfulInteraction.DELETE,
          TypeRestfulInteraction.HISTORYINSTANCE,
          TypeRestfulInteraction.CREATE,
          TypeRestfulInteraction.SEARCHTYPE);

  private final InvokeOperation operations;
  private final List<OffersOperations> besides;
  private final HubAddress address;
  private final TenantConfigBean tenants;
  private final String version;
  private final Date started;
  private volatile Optional<Described> described = Optional.empty();

  /**
   * @param defined at run time when it was made
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Described(byte[] json, List<Definition> defined) {}

  DescribeCapabilities(
      InvokeOperation operations,
      @All List<OffersOperations> besides,
      HubAddress address,
      TenantConfigBean tenants,
      @ConfigProperty(name = "quarkus.application.version") String version,
      Clock clock) {
    this.operations = operations;
    this.besides = besides;
    this.address = address;
    this.tenants = tenants;
    this.version = version;
    this.started = Date.from(clock.instant());
  }

  /** Made when first asked for; kept once the issuer's addresses are in it. */
  public byte[] describe() {
    var defined = SearchParameters.defined();
    var ready = described.filter(each -> each.defined() == defined);
    if (ready.isPresent()) {
      return ready.get().json();
    }
    var json = FhirJson.write(statement());
    if (tenants.getDefaultTenant().getOidcMetadata() != null) {
      described = Optional.of(new Described(json, defined));
    }
    return json;
  }

  private CapabilityStatement statement() {
    var statement =
        new CapabilityStatement()
            .setStatus(PublicationStatus.ACTIVE)
            .setDate(started)
            .setKind(CapabilityStatementKind.INSTANCE)
            .setFhirVersion(FHIRVersion._4_0_1);
    statement.addFormat("application/fhir+json").addFormat("json");
    statement.getSoftware().setName("Yitong 医通").setVersion(version);
    statement.getImplementation().setDescription("Yitong 医通").setUrl(address.base());
    var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    secure(rest);
    ResourceNames.stored().stream()
        .sorted(Comparator.comparing(Enum::name))
        .forEach(type -> describe(type, rest.addResource()));
    rest.addInteraction().setCode(SystemRestfulInteraction.TRANSACTION);
    rest.addInteraction().setCode(SystemRestfulInteraction.BATCH);
    for (var operation : operations.offered()) {
      if (operation.onSystem()) {
        rest.addOperation().setName(operation.name().value()).setDefinition(operation.definition());
      }
    }
    besides
        .forEach(
            each ->
                each.onSystem()
                    .forEach(
                        (name, definition) ->
                            rest.addOperation().setName(name).setDefinition(definition)));
    return statement;
  }

  private void secure(CapabilityStatementRestComponent rest) {
    var security = rest.getSecurity();
    security.addService(
        new CodeableConcept()
            .addCoding(
                new Coding(
                    "http://terminology.hl7.org/CodeSystem/restful-security-service",
                    "SMART-on-FHIR",
                    null)));
    var issuer = tenants.getDefaultTenant().getOidcMetadata();
    if (issuer == null) {
      return;
    }
    var addresses = new Extension(OAUTH_URIS);
    Optional.ofNullable(issuer.getTokenUri())
        .ifPresent(uri -> addresses.addExtension("token", new UriType(uri)));
    Optional.ofNullable(issuer.getAuthorizationUri())
        .ifPresent(uri -> addresses.addExtension("authorize", new UriType(uri)));
    security.addExtension(addresses);
  }

  private void describe(ResourceType type, CapabilityStatementRestResourceComponent resource) {
    resource
        .setType(type.name())
        .setVersioning(ResourceVersionPolicy.VERSIONED)
        .setReadHistory(true)
        .setUpdateCreate(true)
        .setConditionalCreate(true)
        .setConditionalUpdate(true)
        .setConditionalDelete(ConditionalDeleteStatus.SINGLE);
    INTERACTIONS.forEach(code -> resource.addInteraction().setCode(code));
    resource.addSearchParam().setName("_id").setType(SearchParamType.TOKEN);
    resource.addSearchParam().setName("_lastUpdated").setType(SearchParamType.DATE);
    SearchParameters.of(type).byName().values().stream()
        .sorted(Comparator.comparing(parameter -> parameter.name()))
        .forEach(
            parameter -> {
              resource.addSearchParam().setName(parameter.name()).setType(parameter.kind());
              if (parameter.kind() == SearchParamType.REFERENCE) {
                resource.addSearchInclude(type + ":" + parameter.name());
              }
            });
    operations.offered().stream()
        .filter(operation -> operation.on().contains(type))
        .sorted(Comparator.comparing((Operation operation) -> operation.name().value()))
        .forEach(
            operation ->
                resource
                    .addOperation()
                    .setName(operation.name().value())
                    .setDefinition(operation.definition()));
    besides.forEach(
        each ->
            each.on(type)
                .forEach(
                    (name, definition) ->
                        resource.addOperation().setName(name).setDefinition(definition)));
  }
}
