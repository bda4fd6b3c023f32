package io.yitong.hub.api.bulk;

import io.yitong.hub.api.answer.ResourceNames;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.record.bulk.Jobs;
import io.yitong.hub.record.bulk.export.ExportOrder.Level;
import io.yitong.hub.record.bulk.export.ExportResources;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** {@code $export} of the system, of all Patients and of a Group (Bulk Data Access 2.0). */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class ExportEndpoint {
  private final Recorded recorded;
  private final ReadExportOrder orders;
  private final Jobs jobs;
  private final JobResponse response;

  ExportEndpoint(Recorded recorded, ReadExportOrder orders, Jobs jobs, JobResponse response) {
    this.recorded = recorded;
    this.orders = orders;
    this.jobs = jobs;
    this.response = response;
  }

  @GET
  @Path("$export")
  public Response system(@Context UriInfo uri, @Context HttpHeaders headers) {
    return begin(Level.SYSTEM, Optional.empty(), headers, () -> BulkRequest.of(uri, headers));
  }

  @POST
  @Path("$export")
  public Response system(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return begin(Level.SYSTEM, Optional.empty(), headers, () -> BulkRequest.of(uri, headers, body));
  }

  @GET
  @Path("Patient/$export")
  public Response patients(@Context UriInfo uri, @Context HttpHeaders headers) {
    return begin(Level.PATIENT, Optional.empty(), headers, () -> BulkRequest.of(uri, headers));
  }

  @POST
  @Path("Patient/$export")
  public Response patients(@Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return begin(
        Level.PATIENT, Optional.empty(), headers, () -> BulkRequest.of(uri, headers, body));
  }

  @GET
  @Path("Group/{id}/$export")
  public Response group(
      @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers) {
    return begin(Level.GROUP, Optional.of(id), headers, () -> BulkRequest.of(uri, headers));
  }

  @POST
  @Path("Group/{id}/$export")
  public Response group(
      @PathParam("id") String id, @Context UriInfo uri, @Context HttpHeaders headers, byte[] body) {
    return begin(Level.GROUP, Optional.of(id), headers, () -> BulkRequest.of(uri, headers, body));
  }

  private interface Asked {
    BulkRequest read();
  }

  private Response begin(Level level, Optional<String> group, HttpHeaders headers, Asked asked) {
    var what =
        switch (level) {
          case SYSTEM -> "";
          case PATIENT -> "Patient";
          case GROUP -> "Group/" + group.orElseThrow();
        };
    return recorded.changing(
        new Interaction('E', "$export", what, ""),
        accept(level, group, headers, asked).andThen(response::accepted));
  }

  private Function<Caller, UUID> accept(
      Level level, Optional<String> group, HttpHeaders headers, Asked asked) {
    return caller -> {
      BulkRequest.requireAsync(headers);
      jobs.requireRoom(caller);
      group.ifPresent(id -> ResourceNames.key("Group", id));
      var request = asked.read();
      var order = orders.read(caller, level, group, request);
      return jobs.accept(ExportResources.KIND, caller, request.url(), order.write());
    };
  }
}
