package io.yitong.hub.launch.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * Ids that look drawn at random but follow from a number, so that whoever asks for a random
 * resource needs no list of them.
 */
final class Ids {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Ids() {}

  /** What is numbered. */
  enum Kind {
    PATIENT,
    ENCOUNTER,
    REPORT,
    RESULT,
    /** Nothing that is stored: urn:uuid of a transaction. */
    PASSING
  }

  static String of(Kind kind, long index) {
    var text = new byte[36];
    write(kind, index, text);
    return new String(text, StandardCharsets.US_ASCII);
  }

  static void write(Kind kind, long index, byte[] target) {
    var high = mix(index * 8 + kind.ordinal());
    var low = mix(high);
    for (var i = 0; i < 36; i++) {
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        target[i] = '-';
      } else {
        var digit = i < 18 ? high : low;
        target[i] = HEX[(int) (digit & 15)];
        if (i < 18) {
          high >>>= 4;
        } else {
          low >>>= 4;
        }
      }
    }
  }

  /** A bijection of 64 bits (SplitMix64), so that no two ids are the same. */
  static long mix(long seed) {
    var z = seed + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
