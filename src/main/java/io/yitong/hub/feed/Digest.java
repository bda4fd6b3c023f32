package io.yitong.hub.feed;

import io.yitong.hub.fhir.WriteContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a message's exact bytes, 64 lower-case hex digits. */
record Digest(String hex) {
  static Digest of(byte[] bytes) {
    try {
      return new Digest(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /** Names the message in meta.source; the same bytes always have the same name. */
  String messageUri() {
    return WriteContext.MESSAGE + hex.substring(0, 32);
  }
}
