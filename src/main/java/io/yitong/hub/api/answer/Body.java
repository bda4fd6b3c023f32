package io.yitong.hub.api.answer;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * What a request brought: unpacked (RFC 9110, 8.4), and counted as large as it unpacks.
 *
 * @param contentType null when not said
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Body(byte[] bytes, String contentType) {
  /**
   * @param encoding the header Content-Encoding, null when there is none
   * @param most in bytes
   * @throws HubException REQUEST_TOO_LARGE, CONTENT_TYPE_UNSUPPORTED
   */
  public static Body of(byte[] sent, String contentType, String encoding, int most) {
    return switch (Objects.requireNonNullElse(encoding, "identity").toLowerCase(Locale.ROOT)) {
      case "identity" -> new Body(sent, contentType);
      case "gzip", "x-gzip" -> new Body(unpacked(sent, most), contentType);
      default ->
          throw new HubException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "Content-Encoding", encoding);
    };
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** A resource as JSON, whichever of the two formats it came in. */
  public byte[] json() {
    return switch (Format.sent(contentType)) {
      case JSON -> bytes;
      case XML -> XmlText.toJson(bytes);
    };
  }

  private static byte[] unpacked(byte[] sent, int most) {
    try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      var bytes = unpacking.readNBytes(most);
      if (unpacking.read() >= 0) {
        throw new HubException(ErrorCode.REQUEST_TOO_LARGE, "", most);
      }
      return bytes;
    } catch (IOException e) {
      throw new HubException(ErrorCode.RESOURCE_MALFORMED, "Content-Encoding", "gzip");
    }
  }
}
