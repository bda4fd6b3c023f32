package io.yitong.hub.api.bulk;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.PathPart;

/**
 * A file, or from a byte of it on: a download that broke off goes on from there (RFC 9110, 14).
 * Sent by the kernel, not through the heap.
 */
final class FileResponse {
  static final String NDJSON = "application/fhir+ndjson";

  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

  private FileResponse() {}

  static Response of(Path file, Optional<String> range) {
    if (!Files.isRegularFile(file)) {
      throw new HubException(ErrorCode.BULK_JOB_UNKNOWN, "");
    }
    var size = file.toFile().length();
    var asked = range.map(RANGE::matcher).filter(matcher -> matcher.matches());
    if (asked.isEmpty()) {
      return headers(Response.ok(new PathPart(file, 0, size))).build();
    }
    var from = Long.parseLong(asked.get().group(1));
    var to = Optional.ofNullable(asked.get().group(2)).map(Long::parseLong).orElse(size - 1);
    var last = Math.min(to, size - 1);
    if (from > last) {
      return headers(Response.status(416).header("Content-Range", "bytes */" + size)).build();
    }
    return headers(Response.status(206).entity(new PathPart(file, from, last - from + 1)))
        .header("Content-Range", "bytes %d-%d/%d".formatted(from, last, size))
        .build();
  }

  private static Response.ResponseBuilder headers(Response.ResponseBuilder response) {
    return response.type(NDJSON).header("Accept-Ranges", "bytes");
  }
}
