package io.yitong.hub.api.rest;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.api.answer.Form;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Outcomes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Says so when a body is announced that is too large; the server itself would break the connection
 * off without a word.
 */
@ApplicationScoped
class RefuseTooLarge {
  /** Behind {@link Correlate} and before the server's own limit. */
  private static final int EARLY = -4999;

  private final long most;

  RefuseTooLarge(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
    this.most = most.asLongValue();
  }

  void standAtTheDoor(@Observes Router router) {
    for (var path : List.of("/fhir", "/fhir/*")) {
      router
          .route(path)
          .order(EARLY)
          .handler(
              context -> {
                if (announced(context) > most) {
                  refuse(context);
                } else {
                  context.next();
                }
              });
    }
  }

  private static long announced(RoutingContext context) {
    var length = context.request().getHeader("Content-Length");
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return 0; // the server refuses it
    }
  }

  /** What is still being sent is read and thrown away, so that the answer arrives. */
  private void refuse(RoutingContext context) {
    context.request().resume();
    var outcome = Outcomes.of(new HubException(ErrorCode.REQUEST_TOO_LARGE, "", most));
    context
        .response()
        .setStatusCode(ErrorCode.REQUEST_TOO_LARGE.status())
        .putHeader("Content-Type", Form.DEFAULT.format().contentType())
        .end(Buffer.buffer(FhirJson.write(outcome)));
  }
}
