package io.yitong.hub.access.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.Anonymous;
import io.yitong.hub.access.token.Bearer;
import io.yitong.hub.access.token.Challenge;
import io.yitong.hub.access.token.Correlation;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Answers, and records, requests whose token is missing or not valid, and those that are one too
 * many. Of the latter one a second is put on record for each caller.
 */
@ApplicationScoped
class RefuseAtTheDoor {
  /** Before every other route's failure handler. */
  private static final int FIRST = -1000;

  /** People, whom the OIDC extension sends to the issuer's form. */
  private static final String PAGES = "/console/";

  private static final Logger LOG = Logger.getLogger(RefuseAtTheDoor.class);

  private final AuditTrail audit;
  private final RateLimits limits;
  private final Counter throttled;

  RefuseAtTheDoor(AuditTrail audit, RateLimits limits, MeterRegistry meters) {
    this.audit = audit;
    this.limits = limits;
    this.throttled = meters.counter("yitong.requests.throttled");
  }

  void standGuard(@Observes Router router) {
    router.route().order(FIRST).failureHandler(this::refuse);
  }

  private void refuse(RoutingContext request) {
    var failure = request.failure();
    if (failure instanceof RateExceeded excess) {
      throttle(request, excess);
    } else if (request.normalizedPath().startsWith(PAGES)) {
      request.next();
    } else if (failure instanceof AuthenticationFailedException) {
      limits
          .ofAddress(request.request().remoteAddress())
          .ifPresentOrElse(
              excess -> throttle(request, new RateExceeded(excess, Optional.empty())),
              () -> refuse(request, new HubException(ErrorCode.NOT_AUTHENTICATED, "")));
    } else if (failure instanceof OIDCException) {
      LOG.warnf("issuer=unreachable reason=%s", failure.getMessage());
      refuse(request, new HubException(ErrorCode.ISSUER_UNREACHABLE, ""));
    } else {
      request.next();
    }
  }

  private void throttle(RoutingContext request, RateExceeded failure) {
    var seconds = failure.excess().seconds();
    request.response().putHeader(HttpHeaderNames.RETRY_AFTER, Long.toString(seconds));
    throttled.increment();
    var refusal = new HubException(ErrorCode.RATE_EXCEEDED, "", seconds);
    if (failure.excess().isWorthARow()) {
      refuse(request, access(request, failure.bearer(), refusal.code()), refusal);
    } else {
      answer(request, new Refusal(refusal));
    }
  }

  private void refuse(RoutingContext request, HubException refusal) {
    refuse(request, access(request, Optional.empty(), refusal.code()), refusal);
  }

  private void refuse(RoutingContext request, Access access, HubException refusal) {
    request
        .vertx()
        .executeBlocking(() -> recorded(access, refusal))
        .onSuccess(said -> answer(request, said))
        .onFailure(request::fail);
  }

  /** What is said, once it is on record; not on the event loop: both take their time. */
  private Refusal recorded(Access access, HubException refusal) {
    try {
      audit.record(access);
      return new Refusal(refusal);
    } catch (HubException unrecorded) {
      LOG.errorf(unrecorded, "audit=failed correlation=%s", access.caller().correlation());
      return new Refusal(unrecorded);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // sent once, never compared
  private record Refusal(ErrorCode code, byte[] outcome) {
    Refusal(HubException refusal) {
      this(refusal.code(), FhirJson.write(Outcomes.of(refusal)));
    }
  }

  private static Access access(RoutingContext request, Optional<Bearer> bearer, ErrorCode code) {
    var sent = request.request();
    return Anonymous.refused(
        bearer.map(Bearer::client).orElse(Anonymous.NAME),
        sent.method().name(),
        sent.path(),
        Correlation.of(sent.getHeader(Correlation.HEADER)),
        code);
  }

  private static void answer(RoutingContext request, Refusal refusal) {
    var response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(refusal.code().status());
    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/fhir+json;charset=UTF-8");
    if (refusal.code() == ErrorCode.ISSUER_UNREACHABLE) {
      response.putHeader(HttpHeaderNames.RETRY_AFTER, "5");
    } else if (refusal.code() == ErrorCode.NOT_AUTHENTICATED) {
      response.putHeader(Challenge.HEADER, Challenge.to(request.request()));
    }
    response.end(Buffer.buffer(refusal.outcome()));
  }
}
