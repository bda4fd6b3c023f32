package io.yitong.hub.api.rest;

import io.vertx.core.http.HttpServerRequest;
import io.yitong.hub.access.token.Correlation;
import io.yitong.hub.api.answer.Failures;
import io.yitong.hub.api.answer.Form;
import io.yitong.hub.api.answer.Query;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Objects;
import org.jboss.logging.Logger;

/** The one place where a failure becomes an answer. */
@Provider
public class ExplainFailure implements ExceptionMapper<Throwable> {
  private static final Logger LOG = Logger.getLogger(ExplainFailure.class);

  private final HttpServerRequest request;

  ExplainFailure(@Context HttpServerRequest request) {
    this.request = request;
  }

  @Override
  public Response toResponse(Throwable failure) {
    var correlation = Correlation.of(request.getHeader(Correlation.HEADER));
    var refusal = Failures.explain(failure, correlation);
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
    var form = form();
    var response =
        Response.status(refusal.code().status())
            .type(form.format().contentType())
            .entity(form.write(FhirJson.write(Outcomes.of(refusal))));
    if (refusal.code() == ErrorCode.NOT_AUTHENTICATED) {
      response.header("WWW-Authenticate", "Bearer");
    }
    return response.build();
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
