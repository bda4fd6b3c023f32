package io.yitong.hub.access.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of a token: the name under which it is remembered, so that no token lies in memory. */
record TokenDigest(long first, long second, long third, long fourth) {

  static TokenDigest of(String token) {
    try {
      var sum =
          ByteBuffer.wrap(
              MessageDigest.getInstance("SHA-256")
                  .digest(token.getBytes(StandardCharsets.ISO_8859_1)));
      return new TokenDigest(sum.getLong(), sum.getLong(), sum.getLong(), sum.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Evenly spread already. */
  @Override
  public int hashCode() {
    return Long.hashCode(first);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TokenDigest that
        && first == that.first
        && second == that.second
        && third == that.third
        && fourth == that.fourth;
  }
}
