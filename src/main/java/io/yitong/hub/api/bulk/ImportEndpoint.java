package io.yitong.hub.api.bulk;

import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.record.bulk.BulkFolder;
import io.yitong.hub.record.bulk.Jobs;
import io.yitong.hub.record.bulk.load.FetchInput;
import io.yitong.hub.record.bulk.load.ImportOrder;
import io.yitong.hub.record.bulk.load.ImportOrder.Input;
import io.yitong.hub.record.bulk.load.ImportResources;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * {@code $import}: NDJSON as the body, or Parameters that name files to be fetched. For a
 * hospital's own data and the operator's registries: nobody writes here what it may not write by
 * PUT.
 */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class ImportEndpoint {
  private final Recorded recorded;
  private final ReadImportOrder orders;
  private final FetchInput files;
  private final BulkFolder folder;
  private final Jobs jobs;
  private final JobResponse response;

  ImportEndpoint(
      Recorded recorded,
      ReadImportOrder orders,
      FetchInput files,
      BulkFolder folder,
      Jobs jobs,
      JobResponse response) {
    this.recorded = recorded;
    this.orders = orders;
    this.files = files;
    this.folder = folder;
    this.jobs = jobs;
    this.response = response;
  }

  @POST
  @Path("$import")
  public Response begin(
      @HeaderParam("Content-Type") String contentType,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      InputStream body) {
    var job = UUID.randomUUID();
    var kept = new ImportOrder[1];
    return recorded.changing(
        new Interaction('E', "$import", "", ""),
        caller -> {
          BulkRequest.requireAsync(headers);
          jobs.requireRoom(caller);
          if (!caller.is(Role.HOSPITAL) && !caller.is(Role.OPERATOR)) {
            throw new HubException(ErrorCode.NOT_PERMITTED, "");
          }
          if (kept[0] == null) { // the body can be read only once, this may be tried again
            kept[0] = keep(job, Objects.requireNonNullElse(contentType, ""), body);
          }
          jobs.accept(
              job, ImportResources.KIND, caller, uri.getRequestUri().toString(), kept[0].write());
          return response.accepted(job);
        });
  }

  private ImportOrder keep(UUID job, String contentType, InputStream body) {
    if (ReadImportOrder.isNdjson(contentType)) {
      files.keep(folder.make(job), body);
      return new ImportOrder(List.of(new Input(null, null)));
    }
    try {
      return orders.read(body.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
