package io.yitong.hub.api.rest;

import io.yitong.hub.api.answer.Answer;
import io.yitong.hub.api.bundle.RunBundle;
import io.yitong.hub.api.capability.DescribeCapabilities;
import io.yitong.hub.api.capability.Offers;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.CapabilityStatement.SystemRestfulInteraction;
import org.jboss.resteasy.reactive.RestResponse;

/** transaction, batch and capabilities. */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class SystemEndpoint implements Offers {
  private final RunBundle runBundle;
  private final DescribeCapabilities capabilities;
  private final FhirResponse response;

  SystemEndpoint(RunBundle runBundle, DescribeCapabilities capabilities, FhirResponse response) {
    this.runBundle = runBundle;
    this.capabilities = capabilities;
    this.response = response;
  }

  @POST
  public RestResponse<byte[]> bundle(byte[] body) {
    var query = response.query();
    return response.of(
        runBundle.run(
            () -> {
              response.form(query);
              return response.json(body);
            },
            response.preferences()),
        query);
  }

  /** Open to all: it says how to get in. */
  @GET
  @Path("metadata")
  public RestResponse<byte[]> capabilities() {
    var query = response.query();
    response.form(query);
    query.takes("metadata", Set.of("mode"));
    query
        .one("mode")
        .filter(mode -> !mode.equals("full"))
        .ifPresent(
            mode -> {
              throw new HubException(ErrorCode.PARAMETER_INVALID, "mode", "mode", mode);
            });
    return response.of(Answer.of(200, capabilities.describe(), Optional.empty()), query);
  }

  @Override
  public Set<SystemRestfulInteraction> onSystem() {
    return Set.of(SystemRestfulInteraction.TRANSACTION, SystemRestfulInteraction.BATCH);
  }
}
