package io.yitong.hub.access.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Counts what anybody may ask without a token by where it comes from. */
@ApplicationScoped
class LimitOpenPaths {
  /** Behind the correlation id, before anything that works. */
  private static final int EARLY = -4000;

  private final RateLimits limits;

  LimitOpenPaths(RateLimits limits) {
    this.limits = limits;
  }

  void standAtTheDoor(@Observes Router router) {
    router.route().order(EARLY).handler(this::count);
  }

  private void count(RoutingContext request) {
    if (OpenPaths.contain(request.request().path())) {
      var excess = limits.ofAddress(request.request().remoteAddress());
      if (excess.isPresent()) {
        request.fail(new RateExceeded(excess.get(), Optional.empty()));
        return;
      }
    }
    request.next();
  }
}
