package io.yitong.hub.access.http;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.token.Bearer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The policy {@code session-required} of application.yaml, for the console: who has not signed in
 * is sent to the issuer, who asks too often is refused.
 */
@ApplicationScoped
class SessionRequired implements HttpSecurityPolicy {
  private final RateLimits limits;

  SessionRequired(RateLimits limits) {
    this.limits = limits;
  }

  @Override
  public String name() {
    return "session-required";
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    return identity.map(
        known -> {
          var bearer = Bearer.of(known);
          if (bearer.isEmpty()) {
            return CheckResult.DENY;
          }
          limits
              .ofCaller(bearer.get())
              .ifPresent(
                  excess -> {
                    throw new RateExceeded(excess, bearer);
                  });
          return CheckResult.PERMIT;
        });
  }
}
