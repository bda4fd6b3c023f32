package io.yitong.hub.record.visibility;

import io.yitong.hub.access.consent.CareGround;
import io.yitong.hub.access.consent.ConsentRule;
import io.yitong.hub.access.consent.ReadCare;
import io.yitong.hub.access.consent.ReadConsent;
import io.yitong.hub.fhir.DateRange;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.json.Element;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.sql.TypeCodes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Keeps what access rules know of care and consent in step with the resources that say so, in the
 * transaction of their write: the next request is judged by it.
 */
@ApplicationScoped
public class KeepPatientRules {
  private static final Set<ResourceType> CONCERNED = concerned();

  private final Duration followUp;

  KeepPatientRules(@ConfigProperty(name = "yitong.access.follow-up") Duration followUp) {
    this.followUp = followUp;
  }

  /**
   * A new version.
   *
   * @param isNew whether there was none before
   * @param patient whose record it belongs to
   */
  public record Version(
      ResourceKey key,
      boolean isNew,
      Optional<String> patient,
      Optional<String> owner,
      Element root,
      Instant at) {}

  /** Whether resources of the type ever say anything about care or consent. */
  public static boolean concerns(ResourceType type) {
    return CONCERNED.contains(type);
  }

  /**
   * @param removed resources that are there no more
   */
  public void keep(List<Version> written, List<ResourceKey> removed, Connection connection) {
    var concerned = new TreeSet<String>();
    for (var key : removed) {
      forget(key, concerned, connection);
    }
    for (var version : written) {
      if (!version.isNew()) {
        forget(version.key(), concerned, connection);
      }
      if (version.patient().isPresent()) {
        enter(version, version.patient().get(), concerned, connection);
      }
    }
    PatientAccess.refresh(concerned, connection);
  }

  private static void forget(ResourceKey key, Set<String> concerned, Connection connection) {
    var sql =
        key.type() == ResourceType.Consent
            ? Sql.of("delete from consent_rule where consent = ? returning patient", key.id())
            : Sql.of(
                "delete from care_relation where source = ? returning patient", key.reference());
    concerned.addAll(sql.query(connection, row -> row.getString(1)));
  }

  private void enter(
      Version version, String patient, Set<String> concerned, Connection connection) {
    if (version.key().type() == ResourceType.Consent) {
      var rules = ReadConsent.rules(version.root());
      for (var place = 0; place < rules.size(); place++) {
        enter(rules.get(place), place, version.key().id(), patient, connection);
      }
      if (!rules.isEmpty()) {
        concerned.add(patient);
      }
    } else if (version.owner().isPresent()) {
      var owner = new InstitutionId(version.owner().get());
      ReadCare.of(version.root(), owner, version.at(), followUp)
          .ifPresent(
              ground -> {
                enter(ground, version.key(), patient, connection);
                concerned.add(patient);
              });
    }
  }

  private static void enter(
      CareGround ground, ResourceKey source, String patient, Connection connection) {
    Sql.of(
            "insert into care_relation (patient, institution, source, until) values (?, ?, ?, ",
            patient,
            ground.institution().urn(),
            source.reference())
        .add(moment(ground.until()))
        .add(")")
        .update(connection);
  }

  private static void enter(
      ConsentRule rule, int place, String consent, String patient, Connection connection) {
    Sql.of(
            """
            insert into consent_rule (consent, place, depth, permit, patient, institution, purposes,
              types, categories, sensitivities, since, until)
            values (?, ?, ?, ?, ?, nullif(?, ''), nullif(?::text[], '{}'), nullif(?::smallint[], '{}'),
              nullif(?::text[], '{}'), nullif(?::text[], '{}'),\s
            """,
            consent,
            place,
            rule.depth(),
            rule.permit(),
            patient,
            rule.institution().map(InstitutionId::urn).orElse(""),
            texts(rule.purposes()),
            TypeCodes.of(rule.types()),
            texts(rule.categories()),
            texts(rule.sensitivities()))
        .add(moment(rule.when().low()))
        .add(", ")
        .add(moment(rule.when().high()))
        .add(")")
        .update(connection);
  }

  private static String[] texts(Collection<String> set) {
    return set.stream().sorted().toArray(String[]::new);
  }

  private static Sql moment(Instant at) {
    if (!at.isBefore(DateRange.END)) {
      return Sql.of("'infinity'");
    }
    return at.isAfter(DateRange.START) ? Sql.of("?", at) : Sql.of("'-infinity'");
  }

  private static Set<ResourceType> concerned() {
    var types = EnumSet.of(ResourceType.Consent);
    types.addAll(ReadCare.TYPES);
    return types;
  }
}
