package io.yitong.hub.access;

import io.yitong.hub.access.ReadRules.Grant;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Extent;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.WriteContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
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
    return of(grants(caller), caller, type, permission);
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
    return grants
        .filter(each -> each.types().contains(type))
        .findFirst()
        .map(grant -> ScopeRules.filter(grant, caller, permission))
        .orElseThrow(AccessRules::notPermitted);
  }

  /**
   * What {@code caller} may see of all types at once: at the system level.
   *
   * @throws HubException SCOPE_MISSING, NOT_PERMITTED or AGREEMENT_REFUSES
   */
  public ReadFilter readingAnything(Caller caller, Permission permission) {
    if (caller.scopes().visibleTypes(permission).isEmpty()) {
      throw new HubException(
          ErrorCode.SCOPE_MISSING, "", "*", permission.name().toLowerCase(Locale.ROOT));
    }
    return first(caller, permission);
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
    return first(caller, Permission.READ);
  }

  /**
   * The circumstances under which {@code caller} may write {@code type}; its institution comes from
   * the token, never from the content. What its criteria and references may lead to is what it may
   * see: else a write would tell what a read does not.
   *
   * @throws HubException SCOPE_MISSING or NOT_PERMITTED
   */
  public WriteContext writing(Caller caller, ResourceType type, Permission permission) {
    requireScope(caller, type, permission);
    var owner =
        WriteRules.ownerships(caller, type).findFirst().orElseThrow(AccessRules::notPermitted);
    return new WriteContext(
        caller,
        owner.institution(),
        Optional.empty(),
        "urn:yitong:client:" + caller.client(),
        new WriteContext.Limits(
            first(caller, Permission.SEARCH),
            ReadRules.referable(caller, owner.institution()),
            extents(caller)));
  }

  private static Map<Permission, Map<ResourceType, List<Extent>>> extents(Caller caller) {
    return caller.scopes().areNarrowed()
        ? Stream.of(Permission.CREATE, Permission.UPDATE, Permission.DELETE)
            .collect(
                Collectors.toMap(
                    Function.identity(), permission -> ScopeRules.extents(caller, permission)))
        : Map.of();
  }

  private ReadFilter first(Caller caller, Permission permission) {
    return grants(caller)
        .findFirst()
        .map(grant -> ScopeRules.filter(grant, caller, permission))
        .orElseThrow(AccessRules::notPermitted);
  }

  private Stream<Grant> grants(Caller caller) {
    return ReadRules.grants(caller, agreements, clock.instant());
  }

  private static void requireScope(Caller caller, ResourceType type, Permission permission) {
    if (!ScopeRules.permits(caller, type, permission)) {
      throw new HubException(
          ErrorCode.SCOPE_MISSING, "", type.name(), permission.name().toLowerCase(Locale.ROOT));
    }
  }

  private static HubException notPermitted() {
    return new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
