package io.yitong.hub.console;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Outcomes;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/**
 * A session cookie goes along with whatever a browser sends, even when a page of another site makes
 * it. Such a page cannot set this header, so a call without it is none of ours. Holds for every
 * call, not only those that change something: looks at patients are on record and must be meant.
 */
@Provider
@PreMatching
class RefuseForeignPages implements ContainerRequestFilter {
  private static final String HEADER = "X-Requested-With";
  private static final String VALUE = "JavaScript";

  @Override
  public void filter(ContainerRequestContext request) {
    if (request.getUriInfo().getPath().startsWith("/console/api/")
        && !VALUE.equals(request.getHeaderString(HEADER))) {
      request.abortWith(
          Response.status(ErrorCode.NOT_PERMITTED.status())
              .type("application/fhir+json")
              .entity(FhirJson.write(Outcomes.of(ErrorCode.NOT_PERMITTED, HEADER)))
              .build());
    }
  }
}
