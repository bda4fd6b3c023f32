package io.yitong.hub.access.http;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import io.yitong.hub.access.OpenAccess;
import io.yitong.hub.access.token.Bearer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The policy {@code token-required} of application.yaml: no answer without a valid token. A missing
 * token fails the request as an invalid one does, so that both are refused in the same words.
 */
@ApplicationScoped
class TokenRequired implements HttpSecurityPolicy {
  private final OpenAccess open;

  TokenRequired(OpenAccess open) {
    this.open = open;
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
          if (Bearer.ofToken(known).isEmpty()) {
            throw new AuthenticationFailedException("no token");
          }
          return CheckResult.PERMIT;
        });
  }
}
