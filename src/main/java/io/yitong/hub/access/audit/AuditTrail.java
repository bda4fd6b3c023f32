package io.yitong.hub.access.audit;

import io.quarkus.arc.Arc;
import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.access.Agreement;
import io.yitong.hub.access.Agreements;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.access.audit.chain.AppendToChain;
import io.yitong.hub.access.audit.chain.AuditRow;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Appends to the audit; joins the caller's transaction when there is one. What cannot be recorded
 * is not done, or not told. A refusal is recorded apart, so that it stays when the refused work is
 * rolled back.
 */
@ApplicationScoped
public class AuditTrail {
  /** By which the hub of another region says which of its institutions asks. */
  private static final String BEHALF = "X-Requesting-Organization";

  private final AppendToChain chains;
  private final Agreements agreements;
  private final Clock clock;
  private final OpenAccess open;
  private final RefusalOnRecord refusal;
  private final MaskQuery mask;
  private final HttpServerRequest request;

  AuditTrail(
      AppendToChain chains,
      Agreements agreements,
      Clock clock,
      OpenAccess open,
      RefusalOnRecord refusal,
      MaskQuery mask,
      HttpServerRequest request) {
    this.chains = chains;
    this.agreements = agreements;
    this.clock = clock;
    this.open = open;
    this.refusal = refusal;
    this.mask = mask;
    this.request = request;
  }

  public void record(Access access) {
    if (open.on()) {
      return;
    }
    if (access.refusal().isEmpty()) {
      chains.append(row(access));
      return;
    }
    chains.appendApart(row(access));
    if (Arc.container().requestContext().isActive()) {
      refusal.enter();
    }
  }

  private AuditRow row(Access access) {
    var caller = access.caller();
    return new AuditRow(
        AuditRow.micros(clock.instant()),
        Line.of(caller.client()),
        Line.of(caller.subject()),
        caller.institution().map(InstitutionId::urn),
        behalf(caller),
        roles(caller),
        caller.purpose(),
        agreement(caller),
        String.valueOf(access.action()),
        Line.of(access.interaction()),
        Line.of(access.what()),
        access.query().isEmpty() ? "" : Line.of(mask.mask(access.query())),
        access.patients().stream().map(Line::of).toList(),
        outcome(access.refusal()),
        access.refusal().map(ErrorCode::code),
        caller.correlation().value());
  }

  private Optional<String> behalf(Caller caller) {
    if (!caller.is(Role.PARTNER) || !Arc.container().requestContext().isActive()) {
      return Optional.empty();
    }
    return Optional.ofNullable(request.getHeader(BEHALF)).map(Line::of);
  }

  private Optional<String> agreement(Caller caller) {
    return caller.is(Role.PARTNER)
        ? agreements.ofClient(caller.client()).map(Agreement::name)
        : Optional.empty();
  }

  /** AuditEvent.outcome: minor failure for what the caller did wrong, serious for what we did. */
  private static int outcome(Optional<ErrorCode> refusal) {
    return refusal.map(code -> code.status() < 500 ? 4 : 8).orElse(0);
  }

  private static String roles(Caller caller) {
    return caller.roles().size() == 1
        ? caller.roles().iterator().next().code()
        : caller.roles().stream()
            .sorted(Comparator.naturalOrder())
            .map(Role::code)
            .collect(Collectors.joining(" "));
  }
}
