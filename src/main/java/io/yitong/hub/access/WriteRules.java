package io.yitong.hub.access;

import static org.hl7.fhir.r4.model.ResourceType.AuditEvent;
import static org.hl7.fhir.r4.model.ResourceType.Endpoint;
import static org.hl7.fhir.r4.model.ResourceType.Organization;
import static org.hl7.fhir.r4.model.ResourceType.OrganizationAffiliation;
import static org.hl7.fhir.r4.model.ResourceType.Person;
import static org.hl7.fhir.r4.model.ResourceType.Practitioner;
import static org.hl7.fhir.r4.model.ResourceType.PractitionerRole;
import static org.hl7.fhir.r4.model.ResourceType.SearchParameter;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/** Who may write what, and as whose. One rule a role, each a function of its arguments alone. */
final class WriteRules {
  /** The registry of partner hubs, and what the hub is searched by. */
  static final Set<ResourceType> REGISTRY_TYPES = Set.of(Organization, Endpoint, SearchParameter);

  /**
   * Patients' data and the institution's own organisation and staff. Not the registries an
   * institution could raise its own rights with, not the hub's view of a person, not the audit.
   */
  static final Set<ResourceType> INSTITUTION_TYPES = institutionTypes();

  private WriteRules() {}

  /**
   * As whose a write is done.
   *
   * @param institution owner of what is written; empty for the hub's own
   */
  record Ownership(Optional<InstitutionId> institution) {}

  /** In order of precedence. */
  static Stream<Ownership> ownerships(Caller caller, ResourceType type) {
    return Stream.of(hub(caller), careGiver(caller, type), operator(caller, type))
        .flatMap(Optional::stream);
  }

  static Optional<Ownership> hub(Caller caller) {
    return caller.is(Role.HUB)
        ? Optional.of(new Ownership(caller.institution()))
        : Optional.empty();
  }

  /** The institution is the token's, whatever the content says. */
  static Optional<Ownership> careGiver(Caller caller, ResourceType type) {
    var asks = caller.is(Role.HOSPITAL) || caller.is(Role.CLINICIAN);
    return asks && caller.institution().isPresent() && INSTITUTION_TYPES.contains(type)
        ? Optional.of(new Ownership(caller.institution()))
        : Optional.empty();
  }

  static Optional<Ownership> operator(Caller caller, ResourceType type) {
    return caller.is(Role.OPERATOR) && REGISTRY_TYPES.contains(type)
        ? Optional.of(new Ownership(Optional.empty()))
        : Optional.empty();
  }

  private static Set<ResourceType> institutionTypes() {
    var types = new HashSet<>(Set.of(ResourceType.values()));
    types.removeAll(ReadRules.REFERENCE_TYPES);
    types.removeAll(Set.of(AuditEvent, Person, OrganizationAffiliation));
    types.addAll(Set.of(Organization, Practitioner, PractitionerRole));
    return Set.copyOf(types);
  }
}
