package io.yitong.hub.access.audit.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Ed25519 keys as text (RFC 7468). */
public final class Pem {
  private static final String ALGORITHM = "Ed25519";
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private Pem() {}

  static String of(PrivateKey key) {
    return of("PRIVATE KEY", key.getEncoded());
  }

  public static String of(PublicKey key) {
    return of("PUBLIC KEY", key.getEncoded());
  }

  private static String of(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, LINES.encodeToString(der));
  }

  /**
   * @throws IllegalArgumentException when it is none
   */
  static PrivateKey privateKey(String pem) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(der("PRIVATE KEY", pem)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 private key in PKCS #8", e);
    }
  }

  /**
   * @throws IllegalArgumentException when it is none
   */
  public static PublicKey publicKey(String pem) {
    return publicKey(der("PUBLIC KEY", pem));
  }

  static PublicKey publicKey(byte[] der) {
    try {
      return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(der));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 public key", e);
    }
  }

  private static byte[] der(String label, String pem) {
    var begin = "-----BEGIN %s-----".formatted(label);
    var from = pem.indexOf(begin);
    var to = pem.indexOf("-----END %s-----".formatted(label));
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("no %s in PEM".formatted(label));
    }
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }
}
