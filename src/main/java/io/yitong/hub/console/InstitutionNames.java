package io.yitong.hub.console;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.ReadResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.StringType;

/** Institutions by the names of their Organizations: {@code name} is Chinese, an alias English. */
@ApplicationScoped
class InstitutionNames {
  /** Names of institutions are no secret; nothing else is read under this filter. */
  private static final ReadFilter NAMES =
      new ReadFilter(new ReadFilter.ReferenceDataOnly(), Set.of(ResourceType.Organization));

  private final ReadResource read;

  InstitutionNames(ReadResource read) {
    this.read = read;
  }

  /**
   * Names by urn.
   *
   * @param byUrn those that are known
   */
  record Names(Map<String, Text> byUrn) {
    Text of(InstitutionId institution) {
      return byUrn.getOrDefault(institution.urn(), Text.same(institution.name()));
    }

    /** A performer: by its identifier, else as whoever wrote the reference calls it. */
    Text of(Reference performer) {
      var known = byUrn.get(String.valueOf(performer.getIdentifier().getValue()));
      if (known != null) {
        return known;
      }
      return Text.same(
          performer.hasDisplay()
              ? performer.getDisplay()
              : performer.getReferenceElement().getIdPart());
    }
  }

  Text nameOf(InstitutionId institution) {
    return namesOf(Set.of(keyOf(institution))).of(institution);
  }

  Names namesOf(Collection<ResourceKey> organizations) {
    return namesIn(
        read.current(Set.copyOf(organizations), NAMES).values().stream()
            .filter(stored -> !stored.deleted())
            .map(stored -> stored.as(Organization.class))
            .toList());
  }

  static ResourceKey keyOf(InstitutionId institution) {
    return new ResourceKey(ResourceType.Organization, institution.name());
  }

  static Names namesIn(Collection<Organization> organizations) {
    return new Names(
        organizations.stream()
            .filter(Organization::hasName)
            .flatMap(
                organization ->
                    organization.getIdentifier().stream()
                        .filter(Identifier::hasValue)
                        .map(identifier -> Map.entry(identifier.getValue(), nameOf(organization))))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a)));
  }

  private static Text nameOf(Organization organization) {
    var english =
        organization.getAlias().stream()
            .map(StringType::getValue)
            .filter(alias -> !Naming.isChinese(alias))
            .findFirst();
    return new Text(organization.getName(), english.orElse(organization.getName()));
  }
}
