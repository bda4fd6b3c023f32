package io.yitong.hub.api.operation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Observations by what they measure (FHIR R4, Observation/$lastn): codings of one Observation mean
 * the same, and what means the same as a third does so of each other.
 */
final class CodeGroups {
  /** Every code to another of its group, the group's first to itself. */
  private final Map<String, String> leader = new HashMap<>();

  /** All of {@code codes}, at least one, mean the same. */
  void join(List<String> codes) {
    var first = of(codes.get(0));
    for (var code : codes.subList(1, codes.size())) {
      leader.put(of(code), first);
    }
  }

  /** The group of a code. */
  String of(String code) {
    var at = code;
    for (var next = leader.putIfAbsent(at, at); next != null && !next.equals(at); ) {
      at = next;
      next = leader.get(at);
    }
    leader.put(code, at);
    return at;
  }
}
