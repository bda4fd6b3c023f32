package io.yitong.hub.access.audit.chain;

import java.util.Arrays;

/**
 * The newest row of a chain.
 *
 * @param seq its number, 0 for a chain without rows
 * @param hash its SHA-256
 */
@SuppressWarnings("ArrayRecordComponent") // equality is its own
public record Head(int chain, long seq, byte[] hash) {
  /** What the first row of a chain has in place of the hash of the one before. */
  private static final byte[] NOTHING_BEFORE = new byte[32];

  public static Head ofEmpty(int chain) {
    return new Head(chain, 0, NOTHING_BEFORE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Head head
        && chain == head.chain
        && seq == head.seq
        && Arrays.equals(hash, head.hash);
  }

  @Override
  public int hashCode() {
    return 31 * chain + Long.hashCode(seq);
  }
}
