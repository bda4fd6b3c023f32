package io.yitong.hub.access.http;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.Anonymous;
import io.yitong.hub.access.token.Challenge;
import io.yitong.hub.access.token.Correlation;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Answers, and records, requests whose token is missing or not valid. */
@ApplicationScoped
class RefuseUnauthenticated {
  /** Before every other route's failure handler. */
  private static final int FIRST = -1000;

  /** People, whom the OIDC extension sends to the issuer's form. */
  private static final String PAGES = "/console/";

  private static final Logger LOG = Logger.getLogger(RefuseUnauthenticated.class);

  private final AuditTrail audit;

  RefuseUnauthenticated(AuditTrail audit) {
    this.audit = audit;
  }

  void standGuard(@Observes Router router) {
    router.route().order(FIRST).failureHandler(this::refuse);
  }

  private void refuse(RoutingContext request) {
    var failure = request.failure();
    if (request.normalizedPath().startsWith(PAGES)) {
      request.next();
    } else if (failure instanceof AuthenticationFailedException) {
      refuse(request, ErrorCode.NOT_AUTHENTICATED);
    } else if (failure instanceof OIDCException) {
      LOG.warnf("issuer=unreachable reason=%s", failure.getMessage());
      refuse(request, ErrorCode.ISSUER_UNREACHABLE);
    } else {
      request.next();
    }
  }

  private void refuse(RoutingContext request, ErrorCode code) {
    var access = access(request, code);
    request
        .vertx()
        .executeBlocking(() -> refusal(access, code))
        .onSuccess(refusal -> answer(request, refusal))
        .onFailure(request::fail);
  }

  /** What is said, once it is on record; not on the event loop: both take their time. */
  private Refusal refusal(Access access, ErrorCode code) {
    try {
      audit.record(access);
      return new Refusal(code);
    } catch (HubException unrecorded) {
      LOG.errorf(unrecorded, "audit=failed correlation=%s", access.caller().correlation());
      return new Refusal(unrecorded.code());
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
  private record Refusal(ErrorCode code, byte[] outcome) {
    Refusal(ErrorCode code) {
      this(code, FhirJson.write(Outcomes.of(code, "")));
    }
  }

  private static Access access(RoutingContext request, ErrorCode code) {
    return Anonymous.refused(
        Anonymous.NAME,
        request.request().method().name(),
        request.request().path(),
        Correlation.of(request.request().getHeader(Correlation.HEADER)),
        code);
  }

  private static void answer(RoutingContext request, Refusal refusal) {
    var response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(refusal.code().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/fhir+json;charset=UTF-8");
    if (refusal.code() == ErrorCode.NOT_AUTHENTICATED) {
      response.putHeader(Challenge.HEADER, Challenge.to(request.request()));
    }
    response.end(Buffer.buffer(refusal.outcome()));
  }
}
