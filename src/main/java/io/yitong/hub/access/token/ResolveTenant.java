package io.yitong.hub.access.token;

import io.quarkus.oidc.TenantResolver;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Tells the OIDC extension which issuer a request belongs to. Without it the extension would also
 * look at the last part of the path and at the names of cookies, which callers choose.
 */
@ApplicationScoped
class ResolveTenant implements TenantResolver {
  /** Set by {@link AuthenticateBearer}. */
  static final String DECIDED = "yitong.tenant";

  @Override
  public String resolve(RoutingContext request) {
    if (isConsole(request)) {
      return Tenants.CONSOLE;
    }
    String decided = request.get(DECIDED);
    return decided == null ? Tenants.OWN : decided;
  }

  static boolean isConsole(RoutingContext request) {
    var path = request.normalizedPath();
    return path.startsWith("/console") && (path.length() == 8 || path.charAt(8) == '/');
  }
}
