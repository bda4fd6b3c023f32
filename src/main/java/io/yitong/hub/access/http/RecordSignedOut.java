package io.yitong.hub.access.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.Anonymous;
import io.yitong.hub.access.token.Correlation;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Puts on record what a page asked for when nobody was signed in. The OIDC extension answers that
 * by itself, with the way to the issuer's form or with 499; it tells nothing, so the row may
 * follow.
 */
@ApplicationScoped
class RecordSignedOut {
  private static final Set<Integer> SIGN_IN_FIRST = Set.of(302, 401, 499);
  private static final Logger LOG = Logger.getLogger(RecordSignedOut.class);

  private final AuditTrail audit;

  RecordSignedOut(AuditTrail audit) {
    this.audit = audit;
  }

  void watch(@Observes Router router) {
    router.route("/console/api/*").order(-1500).handler(this::watch);
  }

  private void watch(RoutingContext request) {
    request.addEndHandler(
        ended -> {
          if (SIGN_IN_FIRST.contains(request.response().getStatusCode())) {
            request.vertx().executeBlocking(() -> recorded(request));
          }
        });
    request.next();
  }

  private boolean recorded(RoutingContext request) {
    var correlation = Correlation.of(request.request().getHeader(Correlation.HEADER));
    try {
      audit.record(
          Anonymous.refused(
              Anonymous.NAME,
              request.request().method().name(),
              request.request().path(),
              correlation,
              ErrorCode.NOT_AUTHENTICATED));
      return true;
    } catch (HubException e) {
      LOG.errorf(e, "audit=failed correlation=%s", correlation);
      return false;
    }
  }
}
