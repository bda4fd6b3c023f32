package io.yitong.hub.access.http;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.token.Anonymous;
import io.yitong.hub.access.token.Correlation;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Outcomes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Answers, and records, requests whose token is missing or not valid. */
@ApplicationScoped
class RefuseUnauthenticated {
  /** Before every other route's failure handler. */
  private static final int FIRST = -1000;

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
    if (failure instanceof AuthenticationFailedException) {
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
        .executeBlocking(
            () -> {
              audit.record(access);
              return code;
            })
        .recover(
            unrecorded -> {
              LOG.error("audit=failed what=refusal", unrecorded);
              return Future.succeededFuture(ErrorCode.DATABASE_UNREACHABLE);
            })
        .onSuccess(said -> answer(request, said));
  }

  private static Access access(RoutingContext request, ErrorCode code) {
    return Anonymous.refused(
        Anonymous.NAME,
        request.request().method().name(),
        request.request().path(),
        Correlation.of(request.request().getHeader(Correlation.HEADER)),
        code);
  }

  private static void answer(RoutingContext request, ErrorCode code) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    request.response().setStatusCode(code.status());
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/fhir+json;charset=UTF-8");
    if (code == ErrorCode.NOT_AUTHENTICATED) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
    }
    request.response().end(Buffer.buffer(FhirJson.write(Outcomes.of(code, ""))));
  }
}
