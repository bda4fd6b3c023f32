package io.yitong.hub.api.capability;

import io.quarkus.arc.All;
import io.quarkus.oidc.runtime.TenantConfigBean;
import io.yitong.hub.api.answer.Format;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.interaction.InvokeOperation;
import io.yitong.hub.api.patch.Patches;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.record.index.IndexRules;
import io.yitong.hub.record.index.SearchParameter;
import io.yitong.hub.record.index.SearchParameters;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementKind;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalDeleteStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ConditionalReadStatus;
import org.hl7.fhir.r4.model.CapabilityStatement.ReferenceHandlingPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.ResourceVersionPolicy;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;
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
  private static final List<ResourceType> COMPARTMENTS =
      List.of(
          ResourceType.Device,
          ResourceType.Encounter,
          ResourceType.Patient,
          ResourceType.Practitioner,
          ResourceType.RelatedPerson);

  private static final String OAUTH_URIS =
      "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris";

  private final List<Offers> offers;
  private final InvokeOperation operations;
  private final HubAddress address;
  private final TenantConfigBean tenants;
  private final boolean cors;
  private final String version;
  private final Date started;
  private volatile Described described = new Described(List.of(), new byte[0]);

  /**
   * @param from what it was made of; parameters may be added while the hub runs
   */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  private record Described(List<SearchParameters> from, byte[] json) {
    boolean isOf(List<SearchParameters> now) {
      return from.size() == now.size()
          && IntStream.range(0, now.size()).allMatch(i -> from.get(i) == now.get(i));
    }
  }

  DescribeCapabilities(
      @All List<Offers> offers,
      InvokeOperation operations,
      HubAddress address,
      TenantConfigBean tenants,
      @ConfigProperty(name = "quarkus.http.cors.enabled") boolean cors,
      @ConfigProperty(name = "quarkus.application.version") String version,
      Clock clock) {
    this.offers = offers;
    this.operations = operations;
    this.address = address;
    this.tenants = tenants;
    this.cors = cors;
    this.version = version;
    this.started = Date.from(clock.instant());
  }

  /** Made again when a search parameter was added; kept once the issuer's addresses are in it. */
  public byte[] describe() {
    var now = types().map(SearchParameters::of).toList();
    var ready = described;
    if (ready.isOf(now)) {
      return ready.json();
    }
    var json = FhirJson.write(statement());
    if (tenants.getDefaultTenant().getOidcMetadata() != null) {
      described = new Described(now, json);
    }
    return json;
  }

  private static Stream<ResourceType> types() {
    return ResourceNames.stored().stream().sorted(Comparator.comparing(Enum::name));
  }

  private CapabilityStatement statement() {
    var statement =
        new CapabilityStatement()
            .setStatus(PublicationStatus.ACTIVE)
            .setDate(started)
            .setKind(CapabilityStatementKind.INSTANCE)
            .setFhirVersion(FHIRVersion._4_0_1);
    Stream.of(Format.values())
        .forEach(
            format ->
                statement
                    .addFormat(format.mediaType())
                    .addFormat(format.name().toLowerCase(Locale.ROOT)));
    statement.addPatchFormat(Patches.JSON_PATCH);
    Stream.of(Format.values()).forEach(format -> statement.addPatchFormat(format.mediaType()));
    statement.getSoftware().setName("Yitong 医通").setVersion(version);
    statement.getImplementation().setDescription("Yitong 医通").setUrl(address.base());
    var rest = statement.addRest().setMode(RestfulCapabilityMode.SERVER);
    secure(rest);
    if (IndexRules.stored().isBehind()) {
      rest.setDocumentation(
          "正在按新版本重建索引，未列出的检索参数完成后可用。 What is stored is being indexed by the rules of a"
              + " new release; search parameters that are not listed come back when that is complete.");
    }
    types().forEach(type -> describe(type, rest.addResource()));
    offers.stream()
        .flatMap(each -> each.onSystem().stream())
        .distinct()
        .sorted()
        .forEach(code -> rest.addInteraction().setCode(code));
    describeOperations(Optional.empty(), rest::addOperation);
    CommonParameters.add(rest::addSearchParam);
    COMPARTMENTS.forEach(
        type -> rest.addCompartment("http://hl7.org/fhir/CompartmentDefinition/" + type));
    return statement;
  }

  private void secure(CapabilityStatementRestComponent rest) {
    var security = rest.getSecurity().setCors(cors);
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
    Optional.ofNullable(issuer.getRevocationUri())
        .ifPresent(uri -> addresses.addExtension("revoke", new UriType(uri)));
    Optional.ofNullable(issuer.getIntrospectionUri())
        .ifPresent(uri -> addresses.addExtension("introspect", new UriType(uri)));
    security.addExtension(addresses);
  }

  private void describe(ResourceType type, CapabilityStatementRestResourceComponent resource) {
    resource
        .setType(type.name())
        .setVersioning(ResourceVersionPolicy.VERSIONED)
        .setReadHistory(true)
        .setUpdateCreate(true)
        .setConditionalCreate(true)
        .setConditionalRead(ConditionalReadStatus.FULLSUPPORT)
        .setConditionalUpdate(true)
        .setConditionalDelete(ConditionalDeleteStatus.MULTIPLE)
        .addReferencePolicy(ReferenceHandlingPolicy.LITERAL)
        .addReferencePolicy(ReferenceHandlingPolicy.LOGICAL)
        .addReferencePolicy(ReferenceHandlingPolicy.ENFORCED);
    offers.stream()
        .flatMap(each -> each.onTypes().stream())
        .distinct()
        .sorted()
        .forEach(code -> resource.addInteraction().setCode(code));
    CommonParameters.add(resource::addSearchParam);
    SearchParameters.of(type).byName().values().stream()
        .sorted(Comparator.comparing(SearchParameter::name))
        .forEach(
            parameter -> {
              resource.addSearchParam().setName(parameter.name()).setType(parameter.kind());
              if (parameter.kind() == SearchParamType.REFERENCE) {
                resource.addSearchInclude(type + ":" + parameter.name());
              }
            });
    referring(type).forEach(resource::addSearchRevInclude);
    describeOperations(Optional.of(type), resource::addOperation);
  }

  /** The references that may lead to the type. */
  private static Stream<String> referring(ResourceType type) {
    return types()
        .flatMap(
            source ->
                SearchParameters.of(source).byName().values().stream()
                    .filter(parameter -> parameter.kind() == SearchParamType.REFERENCE)
                    .filter(p -> p.targets().isEmpty() || p.targets().contains(type))
                    .map(parameter -> source + ":" + parameter.name())
                    .sorted());
  }

  private void describeOperations(
      Optional<ResourceType> on,
      Supplier<CapabilityStatementRestResourceOperationComponent> component) {
    var plugged =
        operations.offered().stream()
            .filter(operation -> on.map(operation.on()::contains).orElseGet(operation::onSystem))
            .map(
                operation ->
                    new Offers.Operation(operation.name().value(), operation.definition(), on));
    Stream.concat(plugged, offers.stream().flatMap(each -> each.operations().stream()))
        .filter(operation -> operation.type().equals(on))
        .sorted(Comparator.comparing(Offers.Operation::name))
        .forEach(
            operation ->
                component.get().setName(operation.name()).setDefinition(operation.definition()));
  }
}
