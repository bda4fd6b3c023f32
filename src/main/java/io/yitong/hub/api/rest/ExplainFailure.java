package io.yitong.hub.api.rest;

import io.quarkus.runtime.BlockingOperationControl;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.access.audit.RefusalOnRecord;
import io.yitong.hub.access.token.Challenge;
import io.yitong.hub.access.token.Correlation;
import io.yitong.hub.access.token.CurrentCaller;
import io.yitong.hub.api.answer.Failures;
import io.yitong.hub.api.answer.Form;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * The one place where a failure becomes an answer. What was refused before any interaction began, a
 * form or a format that is not offered, a body too large, an address that is none, is put on record
 * here.
 */
@Singleton
public class ExplainFailure {
  private static final Logger LOG = Logger.getLogger(ExplainFailure.class);

  private final HttpServerRequest request;
  private final CurrentCaller caller;
  private final AuditTrail audit;
  private final RefusalOnRecord recorded;

  ExplainFailure(
      HttpServerRequest request, CurrentCaller caller, AuditTrail audit, RefusalOnRecord recorded) {
    this.request = request;
    this.caller = caller;
    this.audit = audit;
    this.recorded = recorded;
  }

  /** On a thread that may wait: writing the audit takes its time. */
  @ServerExceptionMapper(Throwable.class)
  public Uni<Response> answer(Throwable failure) {
    return BlockingOperationControl.isBlockingAllowed()
        ? Uni.createFrom().item(toResponse(failure))
        : Uni.createFrom()
            .item(() -> toResponse(failure))
            .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private Response toResponse(Throwable failure) {
    var correlation = Correlation.of(request.getHeader(Correlation.HEADER));
    var refusal = onRecord(Failures.explain(failure, correlation));
    log(failure, refusal, correlation);
    var form = form();
    var response =
        Response.status(refusal.code().status())
            .type(form.format().contentType())
            .entity(form.write(FhirJson.write(Outcomes.of(refusal))));
    if (refusal.code() == ErrorCode.NOT_AUTHENTICATED) {
      response.header(Challenge.HEADER, Challenge.to(request));
    } else if (refusal.code() == ErrorCode.SCOPE_MISSING) {
      response.header(Challenge.HEADER, Challenge.SCOPE);
    }
    return response.build();
  }

  /** What cannot be recorded is answered by that. */
  private HubException onRecord(HubException refusal) {
    if (recorded.isThere() || refusal.code() == ErrorCode.DATABASE_UNREACHABLE || isOfAPage()) {
      return refusal;
    }
    try {
      audit.record(access(refusal.code()));
      return refusal;
    } catch (HubException unrecorded) {
      // Whoever has no token, at an address open to all, is on record as such.
      return recorded.isThere() ? refusal : unrecorded;
    }
  }

  private Access access(ErrorCode refusal) {
    return new Access(
        caller.get(),
        'E',
        "request",
        request.method().name().toLowerCase(Locale.ROOT) + " " + request.path(),
        Objects.requireNonNullElse(request.query(), ""),
        Optional.empty(),
        Optional.of(refusal));
  }

  /** The console's pages, scripts and styles, which are the same for everybody. */
  private boolean isOfAPage() {
    return request.path().startsWith("/console") && !request.path().startsWith("/console/api/");
  }

  private void log(Throwable failure, HubException refusal, CorrelationId correlation) {
    if (refusal.code() == ErrorCode.INTERNAL) {
      LOG.errorf(
          failure,
          "request=failed method=%s path=%s correlation=%s",
          request.method(),
          request.path(),
          correlation);
    } else if (refusal.code().status() >= 500) {
      LOG.warnf(
          "request=failed error=%s correlation=%s cause=%s",
          refusal.code().code(), correlation, failure);
    }
  }

  /** What the request asked for, unless that is what is wrong with it. */
  private Form form() {
    try {
      var accept = String.join(",", request.headers().getAll("Accept"));
      return Form.of(new Query(Objects.requireNonNullElse(request.query(), "")), accept);
    } catch (HubException e) {
      return Form.DEFAULT;
    }
  }
}
