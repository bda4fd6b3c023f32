package io.yitong.hub.access.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import java.util.Set;

/** Counts what anybody may ask without a token by where it comes from; health excepted. */
@ApplicationScoped
class LimitOpenPaths {
  /** Behind the correlation id, before anything that works. */
  private static final int EARLY = -4000;

  private static final Set<String> OPEN =
      Set.of(
          "/fhir/metadata",
          "/.well-known/smart-configuration",
          "/fhir/.well-known/smart-configuration",
          "/cds-services");

  private final RateLimits limits;

  LimitOpenPaths(RateLimits limits) {
    this.limits = limits;
  }

  void standAtTheDoor(@Observes Router router) {
    router.route().order(EARLY).handler(this::count);
  }

  private void count(RoutingContext request) {
    if (OPEN.contains(request.request().path())) {
      var excess = limits.ofAddress(request.request().remoteAddress());
      if (excess.isPresent()) {
        request.fail(new RateExceeded(excess.get(), Optional.empty()));
        return;
      }
    }
    request.next();
  }
}
