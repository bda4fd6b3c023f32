package io.yitong.hub.access;

import io.yitong.hub.access.ReadRules.Grant;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.Extent;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes.Context;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.fhir.Scopes.Scope;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * What the scopes of a caller let through of what the rules open; each a function of these alone.
 */
final class ScopeRules {
  private ScopeRules() {}

  static boolean permits(Caller caller, ResourceType type, Permission permission) {
    return granting(caller, type, permission).findAny().isPresent();
  }

  /** What of a grant the scopes let through. */
  static ReadFilter filter(Grant grant, Caller caller, Permission permission) {
    var types = EnumSet.noneOf(ResourceType.class);
    types.addAll(caller.scopes().visibleTypes(permission));
    types.retainAll(grant.types());
    if (!caller.scopes().areNarrowed()) {
      return new ReadFilter(grant.reach(), types);
    }
    types.removeIf(type -> !permits(caller, type, permission));
    var extents = new EnumMap<ResourceType, List<Extent>>(ResourceType.class);
    for (var type : types) {
      var some = extents(caller, type, permission);
      if (!some.isEmpty()) {
        extents.put(type, some);
      }
    }
    return new ReadFilter(grant.reach(), types, extents);
  }

  /** The parts of a type that are opened, one for each scope; empty when it is opened whole. */
  static List<Extent> extents(Caller caller, ResourceType type, Permission permission) {
    var granting = granting(caller, type, permission).toList();
    return granting.stream().anyMatch(scope -> isWhole(scope, caller))
        ? List.of()
        : granting.stream().map(scope -> extent(scope, caller)).toList();
  }

  /** The same of every type of which only parts are opened. */
  static Map<ResourceType, List<Extent>> extents(Caller caller, Permission permission) {
    var extents = new EnumMap<ResourceType, List<Extent>>(ResourceType.class);
    if (caller.scopes().areNarrowed()) {
      for (var type : caller.scopes().visibleTypes(permission)) {
        var some = extents(caller, type, permission);
        if (!some.isEmpty()) {
          extents.put(type, some);
        }
      }
    }
    return extents;
  }

  /** A scope about the Patient in context grants nothing to a caller without one. */
  private static Stream<Scope> granting(Caller caller, ResourceType type, Permission permission) {
    return caller.scopes().granted().stream()
        .filter(scope -> scope.grants(type, permission))
        .filter(scope -> scope.context() != Context.PATIENT || caller.patient().isPresent());
  }

  /** A patient's rights end at their own record anyway. */
  private static boolean isWhole(Scope scope, Caller caller) {
    return scope.narrowed().isEmpty()
        && (scope.context() != Context.PATIENT || caller.is(Role.PATIENT));
  }

  private static Extent extent(Scope scope, Caller caller) {
    return new Extent(
        scope.context() == Context.PATIENT ? caller.patient() : Optional.empty(), scope.narrowed());
  }
}
