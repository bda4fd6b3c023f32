package io.yitong.hub.access.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.audit.chain.RequestsUnderWay;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Counts the requests under way, so that the audit knows whether others may share a commit. */
@ApplicationScoped
class CountRequests {
  /** Before every other route. */
  private static final int FIRST = -2000;

  private final RequestsUnderWay underWay;

  CountRequests(RequestsUnderWay underWay) {
    this.underWay = underWay;
  }

  void count(@Observes Router router) {
    router.route().order(FIRST).handler(this::count);
  }

  private void count(RoutingContext request) {
    underWay.begun();
    request.addEndHandler(ended -> underWay.ended());
    request.next();
  }
}
