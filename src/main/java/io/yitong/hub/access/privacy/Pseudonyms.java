package io.yitong.hub.access.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms for one recipient under one profile: HMAC-SHA-256 (RFC 2104) by a key derived from the
 * hub's. The same for the same thing, so that links hold; another for another recipient, so that
 * two cannot join what they were given. No table of them is kept: who has the key computes them
 * again. Not for several threads at once.
 */
public final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";

  /** 160 bits: no two things of a region meet in one, and it fits a FHIR id. */
  private static final int BYTES = 20;

  private final Mac names;
  private final Mac shifts;

  private Pseudonyms(Mac names, Mac shifts) {
    this.names = names;
    this.shifts = shifts;
  }

  /**
   * @param key the hub's
   * @param profile its id, without the version: a new version goes on with the same pseudonyms
   * @param recipient the client they are for
   */
  static Pseudonyms of(byte[] key, String profile, String recipient) {
    return new Pseudonyms(
        derived(key, "pseudonym", profile, recipient), derived(key, "shift", profile, recipient));
  }

  /** Each part with its length before it, so that no two lists of parts run together alike. */
  private static Mac derived(byte[] key, String... parts) {
    var mac = mac(key);
    for (var part : parts) {
      var bytes = part.getBytes(StandardCharsets.UTF_8);
      mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      mac.update(bytes);
    }
    return mac(mac.doFinal());
  }

  private static Mac mac(byte[] key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * @param thing {@code Type/id}, or a person
   * @return a FHIR id
   */
  public String of(String thing) {
    var code = names.doFinal(thing.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(code, 0, BYTES);
  }

  /**
   * By how many days all dates of a person are moved: never none, at most {@code most} either way.
   */
  int shift(String person, int most) {
    var code = ByteBuffer.wrap(shifts.doFinal(person.getBytes(StandardCharsets.UTF_8)));
    var drawn = (int) Math.floorMod(code.getLong(), 2L * most);
    return drawn < most ? drawn - most : drawn - most + 1;
  }
}
