package io.yitong.hub.access;

import io.yitong.hub.access.ReadRules.Grant;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The rules above the scopes, composed in one place. Nothing is allowed by omission: a caller no
 * rule speaks for is refused.
 */
@ApplicationScoped
public class AccessRules {
  private final Agreements agreements;
  private final Clock clock;

  AccessRules(Agreements agreements, Clock clock) {
    this.agreements = agreements;
    this.clock = clock;
  }

  /**
   * What {@code caller} may see when it reads or searches {@code type}.
   *
   * @throws HubException SCOPE_MISSING, NOT_PERMITTED or AGREEMENT_REFUSES
   */
  public ReadFilter reading(Caller caller, ResourceType type, Permission permission) {
    return of(
        ReadRules.grants(caller, agreements, clock.instant()), caller, type, permission);
  }

  /**
   * What of {@code type} {@code caller} may have in a bulk export: for a regulator {@link
   * ReadFilter.Pseudonymised}, for others what they may read.
   *
   * @throws HubException SCOPE_MISSING, NOT_PERMITTED or AGREEMENT_REFUSES
   */
  public ReadFilter exporting(Caller caller, ResourceType type, Permission permission) {
    return of(
        ReadRules.exportGrants(caller, agreements, clock.instant()), caller, type, permission);
  }

  private static ReadFilter of(
      Stream<Grant> grants, Caller caller, ResourceType type, Permission permission) {
    requireScope(caller, type, permission);
    var grant =
        grants
            .filter(each -> each.types().contains(type))
            .findFirst()
            .orElseThrow(AccessRules::notPermitted);
    return new ReadFilter(
        grant.reach(), both(grant.types(), caller.scopes().visibleTypes(permission)));
  }

  /**
   * What {@code caller} may see of all types at once: at the system level.
   *
   * @throws HubException SCOPE_MISSING, NOT_PERMITTED or AGREEMENT_REFUSES
   */
  public ReadFilter readingAnything(Caller caller, Permission permission) {
    var scoped = caller.scopes().visibleTypes(permission);
    if (scoped.isEmpty()) {
      throw new HubException(
          ErrorCode.SCOPE_MISSING, "", "*", permission.name().toLowerCase(Locale.ROOT));
    }
    return ReadRules.grants(caller, agreements, clock.instant())
        .findFirst()
        .map(grant -> new ReadFilter(grant.reach(), both(grant.types(), scoped)))
        .orElseThrow(AccessRules::notPermitted);
  }

  /**
   * What {@code caller} may see through {@code operation}, which decides itself what it answers
   * from. Asks for the read scope on {@code type}; at the system level the role alone decides.
   *
   * @throws HubException SCOPE_MISSING, NOT_PERMITTED or AGREEMENT_REFUSES
   */
  public ReadFilter invoking(Caller caller, Operation operation, Optional<ResourceType> type) {
    if (operation.roles().stream().noneMatch(caller::is)) {
      throw notPermitted();
    }
    type.ifPresent(asked -> requireScope(caller, asked, Permission.READ));
    return ReadRules.grants(caller, agreements, clock.instant())
        .findFirst()
        .map(
            grant ->
                new ReadFilter(
                    grant.reach(),
                    both(grant.types(), caller.scopes().visibleTypes(Permission.READ))))
        .orElseThrow(AccessRules::notPermitted);
  }

  /**
   * The circumstances under which {@code caller} may write {@code type}; its institution comes from
   * the token, never from the content.
   *
   * @throws HubException SCOPE_MISSING or NOT_PERMITTED
   */
  public WriteContext writing(Caller caller, ResourceType type, Permission permission) {
    requireScope(caller, type, permission);
    return WriteRules.ownerships(caller, type)
        .findFirst()
        .map(
            as ->
                new WriteContext(
                    caller,
                    as.institution(),
                    Optional.empty(),
                    "urn:yitong:client:" + caller.client()))
        .orElseThrow(AccessRules::notPermitted);
  }

  private static void requireScope(Caller caller, ResourceType type, Permission permission) {
    if (!caller.scopes().permits(type, permission)) {
      throw new HubException(
          ErrorCode.SCOPE_MISSING, "", type.name(), permission.name().toLowerCase(Locale.ROOT));
    }
  }

  private static Set<ResourceType> both(Set<ResourceType> one, Set<ResourceType> other) {
    var both = EnumSet.noneOf(ResourceType.class);
    both.addAll(one);
    both.retainAll(other);
    return both;
  }

  private static HubException notPermitted() {
    return new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
