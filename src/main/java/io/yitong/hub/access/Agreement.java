package io.yitong.hub.access;

import io.yitong.hub.fhir.NamingSystems;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What was agreed with the hub of another region.
 *
 * @param name by which both sides call it, for example {@code chongqing-linshui}
 * @param categories Observation categories it covers
 * @param active false once it was suspended or ended before its time
 * @param from first moment it holds, when bounded
 * @param until first moment it no longer holds, when bounded
 */
public record Agreement(
    String name,
    Set<String> categories,
    boolean active,
    Optional<Instant> from,
    Optional<Instant> until) {

  public Agreement {
    categories = Set.copyOf(categories);
  }

  /** The agreement as a policy, for AuditEvent.agent.policy and Provenance.policy. */
  public static String policy(String name) {
    return NamingSystems.BASE
        + "exchange-agreement/"
        + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /** Why nothing may be given or asked under it at {@code now}; empty when it is in force. */
  public Optional<String> objection(Instant now) {
    if (!active) {
      return Optional.of("not active");
    }
    if (from.isPresent() && now.isBefore(from.get())) {
      return Optional.of("not before " + from.get());
    }
    if (until.isPresent() && !now.isBefore(until.get())) {
      return Optional.of("ended " + until.get());
    }
    return Optional.empty();
  }
}
