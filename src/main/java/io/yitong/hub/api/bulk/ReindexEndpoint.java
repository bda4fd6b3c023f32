package io.yitong.hub.api.bulk;

import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.bulk.Jobs;
import io.yitong.hub.record.bulk.StoredTypes;
import io.yitong.hub.record.bulk.reindex.ReindexTypes;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Collection;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.ResourceType;

/** {@code $reindex}: what stored resources are found by is made afresh. For the operator. */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class ReindexEndpoint {
  private static final String TYPE = "type";

  private final Recorded recorded;
  private final Jobs jobs;
  private final JobResponse response;

  ReindexEndpoint(Recorded recorded, Jobs jobs, JobResponse response) {
    this.recorded = recorded;
    this.jobs = jobs;
    this.response = response;
  }

  @POST
  @Path("$reindex")
  public Response begin(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return recorded.changing(
        new Interaction('E', "$reindex", "", ""),
        caller -> {
          if (!caller.is(Role.OPERATOR)) {
            throw new HubException(ErrorCode.NOT_PERMITTED, "");
          }
          BulkRequest.requireAsync(headers);
          jobs.requireRoom(caller);
          var request = BulkRequest.of(uri, headers, body);
          return response.accepted(
              jobs.accept(
                  ReindexTypes.KIND,
                  caller,
                  request.url(),
                  ReindexTypes.instruction(types(request))));
        });
  }

  /** Those named, or all. */
  private static Collection<ResourceType> types(BulkRequest request) {
    request.parameters().keySet().stream()
        .filter(name -> !name.equals(TYPE))
        .forEach(
            name -> {
              throw invalid(name, "-");
            });
    var named = request.all(TYPE);
    return named.isEmpty()
        ? StoredTypes.all()
        : named.stream()
            .map(name -> StoredTypes.named(name).orElseThrow(() -> invalid(TYPE, name)))
            .collect(Collectors.toUnmodifiableSet());
  }

  private static HubException invalid(String name, String value) {
    return new HubException(ErrorCode.PARAMETER_INVALID, name, name, value);
  }
}
