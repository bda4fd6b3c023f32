package io.yitong.hub.exchange;

import io.agroal.api.AgroalDataSource;
import io.quarkus.scheduler.Scheduled;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.identity.PersonId;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;

/** Fetched answers, kept until they expire. */
@ApplicationScoped
class PartnerHoldings {
  private final AgroalDataSource database;
  private final Clock clock;
  private final Duration keep;

  /**
   * @param bundle empty when the partner knew nobody certain to be the person
   */
  record Holding(Instant at, Optional<Bundle> bundle) {
    PartnerAnswer answer(Partner partner) {
      return bundle
          .<PartnerAnswer>map(
              found ->
                  new PartnerAnswer.Answered(
                      partner,
                      at,
                      found.getEntry().stream()
                          .map(Bundle.BundleEntryComponent::getResource)
                          .toList()))
          .orElseGet(() -> new PartnerAnswer.NobodyFound(partner, at));
    }
  }

  PartnerHoldings(AgroalDataSource database, Clock clock, ExchangeSettings settings) {
    this.database = database;
    this.clock = clock;
    this.keep = settings.heldFor();
  }

  /** By partner id; expired ones are missing. */
  Map<String, Holding> of(PersonId person) {
    try (var connection = database.getConnection();
        var select =
            connection.prepareStatement(
                "select partner, fetched_at, content from partner_holding"
                    + " where person = ? and expires_at > ?")) {
      select.setObject(1, person.value());
      select.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
      var found = new HashMap<String, Holding>();
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(
              rows.getString(1),
              new Holding(
                  rows.getObject(2, OffsetDateTime.class).toInstant(),
                  Optional.ofNullable(rows.getBytes(3))
                      .map(json -> FhirJson.parse(json, Bundle.class))));
        }
      }
      return found;
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  void keep(PersonId person, Partner partner, Holding holding) {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                """
                insert into partner_holding (person, partner, fetched_at, expires_at, content)
                values (?, ?, ?, ?, ?)
                on conflict (person, partner) do update
                set fetched_at = excluded.fetched_at, expires_at = excluded.expires_at,
                  content = excluded.content""")) {
      insert.setObject(1, person.value());
      insert.setString(2, partner.id());
      insert.setObject(3, holding.at().atOffset(ZoneOffset.UTC));
      insert.setObject(4, holding.at().plus(keep).atOffset(ZoneOffset.UTC));
      insert.setBytes(5, holding.bundle().map(FhirJson::write).orElse(null));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }

  @Scheduled(every = "10m", delayed = "1m")
  void dropExpired() {
    try (var connection = database.getConnection();
        var delete =
            connection.prepareStatement("delete from partner_holding where expires_at <= ?")) {
      delete.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw HubException.databaseUnreachable(e);
    }
  }
}
