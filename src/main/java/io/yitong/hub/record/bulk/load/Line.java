package io.yitong.hub.record.bulk.load;

/**
 * One line of an input.
 *
 * @param number counted from 1, blank lines too
 * @param place of its first byte in the file
 * @param length in bytes
 * @param json empty when the line is longer than any resource may be
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Line(int input, long number, long place, int length, byte[] json) {
  /** Longest that is read: what a single resource may have by any other way. */
  static final int LONGEST = 16 * 1024 * 1024;
}
