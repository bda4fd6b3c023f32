package io.yitong.hub.fhir;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Resource ids that follow from what a sender calls the thing, so that the same message mapped
 * again writes the same resources.
 */
public final class DeterministicId {
  private DeterministicId() {}

  /**
   * @param institution whose number space it is
   * @param kind what is numbered, for example {@code patient} or {@code observation}
   * @param parts the sender's own key; parts are kept apart, so ("a", "bc") and ("ab", "c") differ
   * @return 32 lower-case hex digits, a valid FHIR id
   */
  public static String of(InstitutionId institution, String kind, String... parts) {
    var digest = sha256();
    add(digest, institution.urn());
    add(digest, kind);
    for (var part : parts) {
      add(digest, part);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static void add(MessageDigest digest, String part) {
    var bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update((byte) (bytes.length >>> 8));
    digest.update((byte) bytes.length);
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
