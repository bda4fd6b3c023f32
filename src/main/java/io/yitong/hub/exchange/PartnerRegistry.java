package io.yitong.hub.exchange;

import io.yitong.hub.access.Agreement;
import io.yitong.hub.access.Agreements;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Endpoint;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.ResourceType;
import org.jboss.logging.Logger;

/**
 * The hubs this one has agreements with: every Endpoint in the record with an {@link
 * ExchangeAgreement}, read again when the last reading is older than {@code
 * yitong.exchange.registry-refresh}. Read by age and not on change, because several processes serve
 * one database and each must see what another wrote.
 */
@ApplicationScoped
class PartnerRegistry implements Agreements {
  private static final Logger LOG = Logger.getLogger(PartnerRegistry.class);
  private static final int MOST = 500;

  private final SearchRecord search;
  private final ReadResource read;
  private final Clock clock;
  private final Duration refresh;
  private volatile Snapshot snapshot = new Snapshot(Instant.MIN, List.of());

  private record Snapshot(Instant at, List<Partnership> partnerships) {}

  PartnerRegistry(SearchRecord search, ReadResource read, Clock clock, ExchangeSettings settings) {
    this.search = search;
    this.read = read;
    this.clock = clock;
    this.refresh = settings.registryRefresh();
  }

  @Override
  public Optional<Agreement> ofClient(String client) {
    return current().stream()
        .filter(partnership -> partnership.clientHere().equals(client))
        .map(Partnership::agreement)
        .findFirst();
  }

  /** Those that may be asked now. */
  List<Partnership> inForce() {
    var now = clock.instant();
    return current().stream()
        .filter(partnership -> partnership.agreement().objection(now).isEmpty())
        .toList();
  }

  private List<Partnership> current() {
    var now = clock.instant();
    if (snapshot.at().isBefore(now.minus(refresh))) {
      snapshot = new Snapshot(now, load());
    }
    return snapshot.partnerships();
  }

  private List<Partnership> load() {
    var endpoints =
        search
            .search(
                SearchQuery.parse(ResourceType.Endpoint, "_count=" + MOST), ReadFilter.everything())
            .matches()
            .stream()
            .map(stored -> stored.as(Endpoint.class))
            .filter(endpoint -> endpoint.hasExtension(ExchangeAgreement.URL))
            .toList();
    var organizations =
        read.current(
            endpoints.stream()
                .map(PartnerRegistry::organizationOf)
                .flatMap(Optional::stream)
                .toList(),
            ReadFilter.everything());
    return endpoints.stream()
        .map(
            endpoint ->
                organizationOf(endpoint)
                    .map(organizations::get)
                    .flatMap(organization -> partnership(endpoint, organization)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<ResourceKey> organizationOf(Endpoint endpoint) {
    return ResourceKey.ofReference(endpoint.getManagingOrganization().getReference());
  }

  /** An entry that cannot be read stands for no partner; the others stay what they are. */
  private static Optional<Partnership> partnership(Endpoint endpoint, StoredResource organization) {
    try {
      return ExchangeAgreement.read(endpoint, organization.as(Organization.class));
    } catch (IllegalArgumentException e) {
      LOG.errorf("partner=%s registry=invalid reason=%s", endpoint.getIdPart(), e.getMessage());
      return Optional.empty();
    }
  }
}
