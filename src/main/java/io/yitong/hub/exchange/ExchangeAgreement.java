package io.yitong.hub.exchange;

import io.yitong.hub.access.Agreement;
import io.yitong.hub.fhir.NamingSystems;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Endpoint.EndpointStatus;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Organization;

/**
 * The extension {@code exchange-agreement} of an Endpoint: what two hubs agreed. Its dates are the
 * Endpoint's period, and it holds only while the Endpoint is active. Its parts, by url:
 *
 * <ul>
 *   <li>{@code name} (string): how both sides call the agreement
 *   <li>{@code region} (code): GB/T 2260 division code of the partner
 *   <li>{@code recognition-scope} (code): scope its results count under
 *   <li>{@code category} (code, repeats): Observation categories it covers
 *   <li>{@code token-endpoint} (url): of the partner's issuer
 *   <li>{@code client-there} (string): client id of this hub at the partner's issuer
 *   <li>{@code client-here} (string): client id of the partner at this hub's issuer
 *   <li>{@code basis} (string): legal basis
 * </ul>
 */
final class ExchangeAgreement {
  static final String URL = NamingSystems.BASE + "StructureDefinition/exchange-agreement";

  private final Extension terms;

  private ExchangeAgreement(Extension terms) {
    this.terms = terms;
  }

  /**
   * @param organization what Endpoint.managingOrganization leads to
   * @return empty for an Endpoint without an agreement
   * @throws IllegalArgumentException saying what is missing or wrong
   */
  static Optional<Partnership> read(Endpoint endpoint, Organization organization) {
    return Optional.ofNullable(endpoint.getExtensionByUrl(URL))
        .map(terms -> new ExchangeAgreement(terms).partnership(endpoint, organization));
  }

  private Partnership partnership(Endpoint endpoint, Organization organization) {
    var agreement =
        new Agreement(
            text("name"),
            categories(),
            endpoint.getStatus() == EndpointStatus.ACTIVE,
            moment(endpoint.getPeriod().getStart()),
            moment(endpoint.getPeriod().getEnd()));
    var partner =
        new Partner(
            endpoint.getIdElement().getIdPart(),
            text("region"),
            organization.getName(),
            organization.hasAlias()
                ? organization.getAlias().get(0).getValue()
                : organization.getName(),
            PartnerAddress.base(endpoint.getAddress()).toString(),
            text("recognition-scope"),
            agreement.categories());
    return new Partnership(
        partner,
        organization.getIdElement().getIdPart(),
        agreement,
        PartnerAddress.parse(text("token-endpoint")),
        text("client-there"),
        text("client-here"),
        text("basis"));
  }

  private Set<String> categories() {
    return terms.getExtensionsByUrl("category").stream()
        .map(each -> each.getValue().primitiveValue())
        .collect(Collectors.toUnmodifiableSet());
  }

  private String text(String part) {
    var extension = terms.getExtensionByUrl(part);
    if (extension == null
        || !extension.hasValue()
        || extension.getValue().primitiveValue().isBlank()) {
      throw new IllegalArgumentException("the exchange agreement lacks " + part);
    }
    return extension.getValue().primitiveValue();
  }

  private static Optional<Instant> moment(Date date) {
    return Optional.ofNullable(date).map(Date::toInstant);
  }
}
