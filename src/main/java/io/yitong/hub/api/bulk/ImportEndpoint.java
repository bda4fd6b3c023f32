package io.yitong.hub.api.bulk;

import io.quarkus.runtime.configuration.MemorySize;
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
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code $import}: NDJSON as the body, or Parameters that name files to be fetched. For a
 * hospital's own data and the operator's registries: nobody writes here what it may not write by
 * PUT.
 */
@Path("/fhir")
@Consumes(MediaType.WILDCARD)
public class ImportEndpoint {
  private static final int BLOCK = 1 << 16;

  private final Recorded recorded;
  private final ReadImportOrder orders;
  private final FetchInput files;
  private final BulkFolder folder;
  private final Jobs jobs;
  private final JobResponse response;
  private final int largest;
  private final long largestUpload;

  ImportEndpoint(
      Recorded recorded,
      ReadImportOrder orders,
      FetchInput files,
      BulkFolder folder,
      Jobs jobs,
      JobResponse response,
      @ConfigProperty(name = "yitong.requests.largest") MemorySize largest,
      @ConfigProperty(name = "yitong.bulk.largest-upload") MemorySize largestUpload) {
    this.recorded = recorded;
    this.orders = orders;
    this.files = files;
    this.folder = folder;
    this.jobs = jobs;
    this.response = response;
    this.largest = (int) largest.asLongValue();
    this.largestUpload = largestUpload.asLongValue();
  }

  @POST
  @Path("$import")
  public Response begin(
      @HeaderParam("Content-Type") String contentType,
      @HeaderParam("Content-Encoding") String encoding,
      @Context UriInfo uri,
      @Context HttpHeaders headers,
      InputStream body) {
    var job = UUID.randomUUID();
    try {
      return recorded.changing(
          new Interaction('E', "$import", "", ""),
          caller -> {
            BulkRequest.requireAsync(headers);
            jobs.requireRoom(caller);
            if (!caller.is(Role.HOSPITAL) && !caller.is(Role.OPERATOR)) {
              throw new HubException(ErrorCode.NOT_PERMITTED, "");
            }
            return keep(
                job,
                Objects.requireNonNullElse(contentType, ""),
                Objects.requireNonNullElse(encoding, "identity"),
                body);
          },
          (caller, order) -> {
            var request = uri.getRequestUri().toString();
            jobs.accept(job, ImportResources.KIND, caller, request, order.write());
            return response.accepted(job);
          });
    } catch (RuntimeException e) {
      folder.remove(job);
      throw e;
    }
  }

  private ImportOrder keep(UUID job, String contentType, String encoding, InputStream body) {
    try {
      if (ReadImportOrder.isNdjson(contentType)) {
        files.keep(folder.make(job), unpacked(encoding, body), largestUpload);
        return new ImportOrder(List.of(new Input(null, null)));
      }
      var parameters = unpacked(encoding, body).readNBytes(largest + 1);
      if (parameters.length > largest) {
        throw new HubException(ErrorCode.REQUEST_TOO_LARGE, "", largest);
      }
      return orders.read(parameters);
    } catch (IOException e) {
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "", e.getMessage());
    }
  }

  private static InputStream unpacked(String encoding, InputStream body) throws IOException {
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "identity" -> body;
      case "gzip", "x-gzip" -> new GZIPInputStream(body, BLOCK);
      default ->
          throw new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "Content-Encoding", encoding);
    };
  }
}
