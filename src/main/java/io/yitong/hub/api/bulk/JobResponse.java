package io.yitong.hub.api.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.record.bulk.Job;
import io.yitong.hub.record.bulk.JobFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Jobs as HTTP (FHIR Asynchronous Request Pattern; Bulk Data Access 2.0, 3.2). */
@ApplicationScoped
class JobResponse {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Seconds after which it is worth asking again. */
  private static final int AGAIN = 1;

  private final HubAddress address;

  JobResponse(HubAddress address) {
    this.address = address;
  }

  Response accepted(UUID job) {
    return Response.accepted().header("Content-Location", url(job)).build();
  }

  Response inProgress(Job job) {
    return Response.accepted()
        .header("X-Progress", job.progress())
        .header("Retry-After", AGAIN)
        .build();
  }

  Response list(List<Job> jobs) {
    var list = JSON.createArrayNode();
    for (var job : jobs) {
      list.addObject()
          .put("url", url(job.id()))
          .put("kind", job.kind())
          .put("request", job.request())
          .put("state", job.state().name().toLowerCase(Locale.ROOT))
          .put("created", job.created().toString())
          .put("progress", job.progress());
    }
    return Response.ok(list.toString()).type("application/json").build();
  }

  /** The manifest of a finished job. */
  Response completed(Job job, List<JobFile> files) {
    var manifest = JSON.createObjectNode();
    manifest.put("transactionTime", job.transactionTime().orElse(job.created()).toString());
    manifest.put("request", job.request());
    manifest.put("requiresAccessToken", true);
    var lists =
        Map.of(
            JobFile.Role.OUTPUT, manifest.putArray("output"),
            JobFile.Role.DELETED, manifest.putArray("deleted"),
            JobFile.Role.ERROR, manifest.putArray("error"));
    var extension = manifest.putObject("extension").put("urn:yitong:bulk:resources", job.done());
    files.forEach(
        file ->
            entry(
                file.role() == JobFile.Role.REPORT
                    ? extension.withArray("urn:yitong:bulk:reports")
                    : lists.get(file.role()),
                job,
                file));
    var response = Response.ok(manifest.toString()).type("application/json");
    job.expires().ifPresent(time -> response.header("Expires", httpDate(time)));
    return response.build();
  }

  private void entry(ArrayNode list, Job job, JobFile file) {
    list.addObject()
        .put("type", file.type())
        .put("url", url(job.id()) + "/" + file.name())
        .put("count", file.lines());
  }

  private String url(UUID job) {
    return address.of("bulk/" + job);
  }

  static String httpDate(Instant time) {
    return HTTP_DATE.format(time);
  }
}
