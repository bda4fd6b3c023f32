package io.yitong.hub.api.rest;

import io.vertx.ext.web.Router;
import io.yitong.hub.access.token.Correlation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Gives every request its correlation id before anything else looks at it, and says it back. */
@ApplicationScoped
class Correlate {
  private static final int BEFORE_ALL = -5000;

  void standAtTheDoor(@Observes Router router) {
    router
        .route()
        .order(BEFORE_ALL)
        .handler(
            context -> {
              var id = Correlation.of(context.request().getHeader(Correlation.HEADER)).value();
              context.request().headers().set(Correlation.HEADER, id);
              context.response().putHeader(Correlation.HEADER, id);
              context.next();
            });
  }
}
