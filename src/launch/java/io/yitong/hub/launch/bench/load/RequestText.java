package io.yitong.hub.launch.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One request in the making: the values of its holes and the bytes so far. Used again and again.
 */
final class RequestText {
  private static final Template HEAD_END =
      Template.of("Content-Type: application/fhir+json\r\nContent-Length: <LENGTH>\r\n\r\n");

  private final byte[][] values = new byte[Hole.values().length][];
  private byte[] bytes = new byte[1 << 16];
  private int length;
  private int bodyLengthAt;

  RequestText() {
    for (var hole : Hole.values()) {
      values[hole.ordinal()] = new byte[hole.width];
    }
  }

  RequestText clear() {
    length = 0;
    return this;
  }

  RequestText set(Hole hole, String text) {
    var value = values[hole.ordinal()];
    for (var i = 0; i < value.length; i++) {
      value[i] = (byte) text.charAt(i);
    }
    return this;
  }

  RequestText set(Hole hole, byte[] text) {
    System.arraycopy(text, 0, values[hole.ordinal()], 0, hole.width);
    return this;
  }

  RequestText setId(Hole hole, Ids.Kind kind, long index) {
    Ids.write(kind, index, values[hole.ordinal()]);
    return this;
  }

  /** Right-aligned digits, the rest filled. */
  RequestText setNumber(Hole hole, long number, char filling) {
    digits(number, values[hole.ordinal()], 0, hole.width, filling);
    return this;
  }

  RequestText add(Template template) {
    if (length + template.length() > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + template.length()));
    }
    template.write(values, bytes, length);
    length += template.length();
    return this;
  }

  /** After the request's own headers: what follows is its body. */
  RequestText beginBody() {
    bodyLengthAt = length + HEAD_END.placeOf(Hole.LENGTH);
    return add(HEAD_END);
  }

  RequestText endBody() {
    var start = bodyLengthAt + Hole.LENGTH.width + 4;
    digits(length - start, bytes, bodyLengthAt, Hole.LENGTH.width, ' ');
    return this;
  }

  /** After the first line. */
  void addHeader(byte[] line) {
    if (length + line.length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + line.length));
    }
    var at = 0;
    while (bytes[at] != '\n') {
      at++;
    }
    at++;
    System.arraycopy(bytes, at, bytes, at + line.length, length - at);
    System.arraycopy(line, 0, bytes, at, line.length);
    length += line.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static void digits(long number, byte[] target, int at, int width, char filling) {
    var rest = number;
    for (var i = at + width - 1; i >= at; i--) {
      target[i] = rest == 0 && i < at + width - 1 ? (byte) filling : (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
