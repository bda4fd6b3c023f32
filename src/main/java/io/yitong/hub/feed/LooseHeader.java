package io.yitong.hub.feed;

import io.yitong.hub.mapping.hl7v2.Delimiters;
import java.nio.charset.Charset;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The first segment of a message that may not be readable otherwise: enough to know the control id
 * and to answer in the sender's own delimiters.
 */
record LooseHeader(Delimiters delimiters, List<String> fields) {
  private static final int LONGEST = 4096;

  /** Never fails; bytes that are no MSH give an empty header with the usual delimiters. */
  static LooseHeader read(byte[] bytes, Charset charset) {
    var text = new String(bytes, 0, Math.min(bytes.length, LONGEST), charset);
    var start = text.indexOf("MSH");
    if (start < 0 || start > 16 || text.length() < start + 8) {
      return new LooseHeader(Delimiters.USUAL, List.of());
    }
    var line = text.substring(start).split("[\r\n]", 2)[0];
    var separator = line.charAt(3);
    var encoding = line.substring(4).split(Pattern.quote("" + separator), 2)[0];
    var delimiters =
        new Delimiters(
            separator,
            at(encoding, 0, '^'),
            at(encoding, 1, '~'),
            at(encoding, 2, '\\'),
            at(encoding, 3, '&'));
    return new LooseHeader(delimiters, List.of(line.split(Pattern.quote("" + separator), -1)));
  }

  /** MSH-n as written, n above 2; empty when absent. */
  String field(int number) {
    return number - 1 < fields.size() ? fields.get(number - 1) : "";
  }

  /** First component of MSH-n. */
  String component(int number) {
    var field = field(number);
    var end = field.indexOf(delimiters.component());
    return end < 0 ? field : field.substring(0, end);
  }

  private static char at(String encoding, int index, char usual) {
    return index < encoding.length() ? encoding.charAt(index) : usual;
  }
}
