package io.yitong.hub.record.sql;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC by a key that all processes of a hub find in its database. */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int LENGTH = 16;

  private final SecretKeySpec key;

  public Signature(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  public static Signature load(Connection connection) {
    return new Signature(
        Sql.of("select key from search_key").query(connection, row -> row.getBytes(1)).get(0));
  }

  public String of(String text) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      var whole = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(whole, LENGTH));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  public boolean isOf(String signature, String text) {
    return MessageDigest.isEqual(
        signature.getBytes(StandardCharsets.UTF_8), of(text).getBytes(StandardCharsets.UTF_8));
  }
}
