package io.yitong.hub.record;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.record.sql.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page of a history ended. It opens nothing: every page is read under the reader's own
 * filter. What is written meanwhile is newer than every page that follows. Signed with the history
 * it belongs to, so that nobody makes one up or takes it to another.
 */
record HistoryCursor(Instant lastUpdated, long rid, int version) {
  /**
   * @param history what is read, the same for all its pages
   */
  String write(Signature signature, String history) {
    var text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                (lastUpdated + "," + rid + "," + version).getBytes(StandardCharsets.UTF_8));
    return text + "." + signature.of(text + " " + history);
  }

  static HistoryCursor read(String written, Signature signature, String history) {
    var parts = written.split("\\.", -1);
    if (parts.length != 2 || !signature.isOf(parts[1], parts[0] + " " + history)) {
      throw new HubException(ErrorCode.PARAMETER_INVALID, "_cursor", "_cursor", written);
    }
    var values =
        new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).split(",", -1);
    return new HistoryCursor(
        Instant.parse(values[0]), Long.parseLong(values[1]), Integer.parseInt(values[2]));
  }
}
