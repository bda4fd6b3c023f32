package io.yitong.hub.record;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page of a history ended. It opens nothing: every page is read under the reader's own
 * filter. What is written meanwhile is newer than every page that follows.
 */
record HistoryCursor(Instant lastUpdated, long rid, int version) {
  String write() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((lastUpdated + "," + rid + "," + version).getBytes(StandardCharsets.UTF_8));
  }

  static HistoryCursor read(String text) {
    try {
      var parts =
          new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(",", -1);
      return new HistoryCursor(
          Instant.parse(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
    } catch (RuntimeException e) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "_cursor", "_cursor", text);
    }
  }
}
