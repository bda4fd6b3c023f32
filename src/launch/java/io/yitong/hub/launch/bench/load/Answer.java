package io.yitong.hub.launch.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** One HTTP/1.1 answer as it arrives: its status, its length, and its beginning. */
final class Answer {
  private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] LENGTH_NAME =
      "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

  /** The whole answer when bodies are kept, else as much as holds its head and its end. */
  private byte[] bytes = new byte[1 << 14];

  private final boolean whole;
  private int size;
  private int headLength;
  private long bodyLength;
  private long received;

  Answer(boolean whole) {
    this.whole = whole;
  }

  void clear() {
    size = 0;
    headLength = 0;
    received = 0;
  }

  /** True when nothing is missing any more. */
  boolean take(ByteBuffer more) {
    received += more.remaining();
    keep(more);
    if (headLength == 0 && !readHead()) {
      return false;
    }
    return bodyLength >= 0
        ? received >= headLength + bodyLength
        : Arrays.equals(bytes, size - LAST_CHUNK.length, size, LAST_CHUNK, 0, LAST_CHUNK.length);
  }

  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
  }

  String body() {
    return new String(bytes, headLength, size - headLength, StandardCharsets.UTF_8);
  }

  /** What does not fit takes the place of the middle, unless the whole is wanted. */
  private void keep(ByteBuffer more) {
    if (size + more.remaining() > bytes.length) {
      if (whole || headLength == 0) {
        bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more.remaining()));
      } else {
        var tail = Math.min(size - headLength, LAST_CHUNK.length);
        System.arraycopy(bytes, size - tail, bytes, headLength, tail);
        size = headLength + tail;
        more.position(Math.max(more.position(), more.limit() - (bytes.length - size)));
      }
    }
    var length = more.remaining();
    more.get(bytes, size, length);
    size += length;
  }

  private boolean readHead() {
    for (var i = 3; i < size; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        headLength = i + 1;
        bodyLength = contentLength();
        return true;
      }
    }
    return false;
  }

  /** -1 for chunks; 0 for an answer without a body. */
  private long contentLength() {
    for (var i = 12; i < headLength - LENGTH_NAME.length; i++) {
      if (bytes[i] == '\r' && isLengthName(i)) {
        var length = 0L;
        for (var at = i + LENGTH_NAME.length; bytes[at] != '\r'; at++) {
          length = bytes[at] == ' ' ? length : length * 10 + bytes[at] - '0';
        }
        return length;
      }
    }
    var head = new String(bytes, 0, headLength, StandardCharsets.US_ASCII);
    return head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked") ? -1 : 0;
  }

  private boolean isLengthName(int at) {
    for (var i = 0; i < LENGTH_NAME.length; i++) {
      if ((bytes[at + i] | 0x20) != (LENGTH_NAME[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
