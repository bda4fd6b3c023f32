package io.yitong.hub.api.bulk;

import io.yitong.hub.access.AccessRules;
import io.yitong.hub.api.interaction.Recorded;
import io.yitong.hub.api.interaction.Recorded.Interaction;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Scopes.Permission;
import io.yitong.hub.record.bulk.BulkFolder;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.Job.State;
import io.yitong.hub.record.bulk.JobFile;
import io.yitong.hub.record.bulk.Jobs;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Status, result, files and cancellation of jobs (Bulk Data Access 2.0, 3.2 to 3.4). Whose job it
 * is not is told the same as for one that does not exist.
 */
@Path("/fhir/bulk")
@Consumes(MediaType.WILDCARD)
public class JobEndpoint {
  private final Recorded recorded;
  private final Jobs jobs;
  private final BulkFolder folder;
  private final AccessRules rules;
  private final JobResponse response;
  private final Clock clock;

  JobEndpoint(
      Recorded recorded,
      Jobs jobs,
      BulkFolder folder,
      AccessRules rules,
      JobResponse response,
      Clock clock) {
    this.recorded = recorded;
    this.jobs = jobs;
    this.folder = folder;
    this.rules = rules;
    this.response = response;
    this.clock = clock;
  }

  /** The caller's own, newest first: a SearchParameter's too, which nobody began by a kick-off. */
  @GET
  public Response all() {
    return recorded.telling(
        new Interaction('R', "$bulk-jobs", "", ""), caller -> response.list(jobs.newest(caller)));
  }

  @GET
  @Path("{job}")
  public Response status(@PathParam("job") String id) {
    return recorded.telling(
        new Interaction('R', "$bulk-status", id, ""),
        caller -> {
          var job = own(id, caller);
          if (job.isOpen()) {
            return response.inProgress(job);
          }
          job.failure()
              .ifPresent(
                  why -> {
                    throw why;
                  });
          return response.completed(job, jobs.files(job.id()));
        });
  }

  @DELETE
  @Path("{job}")
  public Response cancel(@PathParam("job") String id) {
    return recorded.changing(
        new Interaction('D', "$bulk-cancel", id, ""),
        caller -> {
          jobs.cancel(own(id, caller).id());
          return Response.accepted().build();
        });
  }

  @GET
  @Path("{job}/{file}")
  public Response file(
      @PathParam("job") String id,
      @PathParam("file") String name,
      @HeaderParam("Range") String range) {
    return recorded.telling(
        new Interaction('R', "$bulk-file", id + "/" + name, ""),
        caller -> {
          var job = own(id, caller);
          var file =
              jobs.files(job.id()).stream()
                  .filter(each -> each.name().equals(name))
                  .findFirst()
                  .orElseThrow(JobEndpoint::unknown);
          requireStillAllowed(caller, file);
          return FileResponse.of(
              folder.of(job.id()).resolve(file.path()), Optional.ofNullable(range));
        });
  }

  /** What was taken from the caller since is taken from it here too. */
  private void requireStillAllowed(Caller caller, JobFile file) {
    if (file.role() == JobFile.Role.OUTPUT) {
      rules.exporting(caller, ResourceType.fromCode(file.type()), Permission.READ);
    }
  }

  private Job own(String id, Caller caller) {
    return uuid(id)
        .flatMap(jobs::find)
        .filter(job -> job.isOf(caller))
        .filter(job -> job.state() != State.CANCELLED)
        .filter(job -> job.expires().map(clock.instant()::isBefore).orElse(true))
        .orElseThrow(JobEndpoint::unknown);
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static HubException unknown() {
    return new HubException(ErrorCode.BULK_JOB_UNKNOWN, "");
  }
}
