package io.yitong.hub.access.token;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** The caller of the request under way, made from its verified token. */
@RequestScoped
public class CurrentCaller {
  private final SecurityIdentity identity;
  private final HttpServerRequest request;
  private final AuditTrail audit;
  private final OpenAccess open;
  private Caller caller;

  CurrentCaller(
      SecurityIdentity identity, HttpServerRequest request, AuditTrail audit, OpenAccess open) {
    this.identity = identity;
    this.request = request;
    this.audit = audit;
    this.open = open;
  }

  /**
   * A refusal thrown here is on record already: without a caller nobody else could record it.
   *
   * @throws HubException NOT_AUTHENTICATED without a valid token; NOT_PERMITTED for one that says
   *     nothing this hub understands; PARAMETER_INVALID for a purpose of use that is none
   */
  public Caller get() {
    if (caller == null) {
      var correlation = Correlation.of(request.getHeader(Correlation.HEADER));
      caller = open.caller(correlation).orElseGet(() -> establish(correlation));
    }
    return caller;
  }

  private Caller establish(CorrelationId correlation) {
    var bearer = bearer();
    if (bearer.isEmpty()) {
      throw recorded(
          Anonymous.NAME, correlation, new HubException(ErrorCode.NOT_AUTHENTICATED, ""));
    }
    try {
      var purpose = Optional.ofNullable(request.getHeader(Purpose.HEADER)).map(Purpose::parse);
      return bearer.get().caller(purpose, correlation);
    } catch (HubException refusal) {
      throw recorded(bearer.get().client(), correlation, refusal);
    }
  }

  /** An invalid token on a path open to all is the same as none. */
  private Optional<Bearer> bearer() {
    try {
      return Bearer.of(identity);
    } catch (AuthenticationFailedException e) {
      return Optional.empty();
    }
  }

  private HubException recorded(String client, CorrelationId correlation, HubException refusal) {
    audit.record(
        Anonymous.refused(
            client, request.method().name(), request.path(), correlation, refusal.code()));
    return refusal;
  }
}
