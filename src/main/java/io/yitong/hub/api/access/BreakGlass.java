package io.yitong.hub.api.access;

import io.yitong.hub.api.operation.Asked;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Operation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.OperationName;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.visibility.BrokenGlass;
import io.yitong.hub.record.visibility.BrokenGlass.Opening;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Patient/[id]/$break-glass}: a clinician goes past the rules, with a reason. The person's
 * whole record, what a Consent forbids and what is sensitive included, is open to that clinician
 * alone for a limited time; every institution that holds part of it and the privacy officer are
 * told in the same transaction. The Patient is one of the clinician's own institution: nobody
 * learns by it whether others know a person.
 */
@ApplicationScoped
class BreakGlass implements Operation {
  private static final String REASON = "reason";
  private static final int SHORTEST = 4;
  private static final int LONGEST = 500;

  private final BrokenGlass glass;
  private final TellOfOpening tell;
  private final Clock clock;
  private final Duration open;

  BreakGlass(
      BrokenGlass glass,
      TellOfOpening tell,
      Clock clock,
      @ConfigProperty(name = "yitong.access.break-glass") Duration open) {
    this.glass = glass;
    this.tell = tell;
    this.clock = clock;
    this.open = open;
  }

  @Override
  public OperationName name() {
    return new OperationName("break-glass");
  }

  @Override
  public Set<ResourceType> on() {
    return Set.of(ResourceType.Patient);
  }

  @Override
  public Set<Role> roles() {
    return Set.of(Role.CLINICIAN);
  }

  @Override
  public String definition() {
    return NamingSystems.BASE + "OperationDefinition/break-glass";
  }

  @Override
  public boolean readOnly() {
    return false;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = Asked.of(call, Set.of(REASON));
    var reason = reason(asked);
    var since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var opening = opening(call.caller(), asked.id(), reason, since);
    glass.enter(opening);
    tell.of(opening);
    var answer = new Parameters();
    answer.addParameter().setName("until").setValue(new DateTimeType(Date.from(opening.until())));
    return new OperationAnswer.Model(answer, Optional.of(asked.id()));
  }

  private Opening opening(Caller caller, String patient, String reason, Instant since) {
    var institution = caller.institution().orElseThrow(BreakGlass::notPermitted);
    if (!glass.isRegistered(patient, institution)) {
      throw notPermitted();
    }
    return new Opening(
        caller.subject(),
        institution,
        patient,
        reason,
        since,
        since.plus(open),
        caller.correlation());
  }

  private static String reason(Asked asked) {
    var reason =
        asked
            .text(REASON)
            .map(String::strip)
            .orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, REASON, REASON));
    if (reason.length() < SHORTEST || reason.length() > LONGEST) {
      throw Asked.invalid(REASON, SHORTEST + ".." + LONGEST);
    }
    return reason;
  }

  private static HubException notPermitted() {
    return new HubException(ErrorCode.NOT_PERMITTED, "");
  }
}
