package io.yitong.hub.feed;

import java.util.Arrays;

/** The acknowledgement as it is sent: the bytes between the frame characters; none for a file. */
public final class Ack {
  private static final Ack NONE = new Ack(new byte[0]);

  private final byte[] bytes;

  private Ack(byte[] bytes) {
    this.bytes = bytes;
  }

  static Ack none() {
    return NONE;
  }

  static Ack of(byte[] bytes) {
    return new Ack(bytes.clone());
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ack ack && Arrays.equals(bytes, ack.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
