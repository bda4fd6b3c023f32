package io.yitong.hub.access.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.access.token.Bearer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The policy {@code token-required} of application.yaml: no answer without a valid token, nor to
 * who asks too often. A missing token fails the request as an invalid one does, so that both are
 * refused in the same words.
 */
@ApplicationScoped
class TokenRequired implements HttpSecurityPolicy {
  private final OpenAccess open;
  private final RateLimits limits;

  TokenRequired(OpenAccess open, RateLimits limits) {
    this.open = open;
    this.limits = limits;
  }

  @Override
  public String name() {
    return "token-required";
  }

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
    if (open.on()) {
      return CheckResult.permit();
    }
    return identity.map(
        known -> {
          var bearer =
              Bearer.ofToken(known)
                  .orElseThrow(() -> new AuthenticationFailedException("no token"));
          limits
              .ofCaller(bearer)
              .ifPresent(
                  excess -> {
                    throw new RateExceeded(excess, Optional.of(bearer));
                  });
          return CheckResult.PERMIT;
        });
  }
}
