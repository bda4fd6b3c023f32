package io.yitong.hub.api.bulk;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/**
 * A dollar sign may come as it is or percent-encoded (RFC 3986, 2.2); addresses are matched with
 * the first.
 */
@Provider
@PreMatching
class DollarSign implements ContainerRequestFilter {
  private static final String ENCODED = "/%24";

  @Override
  public void filter(ContainerRequestContext request) {
    var uri = request.getUriInfo().getRequestUri();
    if (uri.getRawPath().contains(ENCODED)) {
      var query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      request.setRequestUri(URI.create(uri.getRawPath().replace(ENCODED, "/$") + query));
    }
  }
}
