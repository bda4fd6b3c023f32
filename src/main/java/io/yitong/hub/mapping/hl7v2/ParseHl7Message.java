package io.yitong.hub.mapping.hl7v2;

import ca.uhn.hl7v2.parser.PipeParser;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.ArrayList;
import java.util.List;

/**
 * Text to segments. Of HAPI HL7v2 it takes the lexical layer only: its generic model costs half of
 * the time a message has and gives nothing that a mapping by segment needs (docs/decisions/0005).
 */
final class ParseHl7Message {
  private static final int SHOWN = 40;

  private ParseHl7Message() {}

  static Hl7Message parse(String text) {
    var start = 0;
    while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
      start++;
    }
    if (!text.startsWith("MSH", start) || text.length() < start + 8) {
      throw unreadable(text, start, "MSH|^~\\&|…");
    }
    var field = text.charAt(start + 3);
    if (Character.isLetterOrDigit(field) || Character.isWhitespace(field)) {
      throw unreadable(text, start, "MSH|^~\\&|…");
    }
    var lines = new Lines(field).of(text, start);
    var end = lines.get(0).indexOf(field, 4);
    if (end < 0) {
      throw unreadable(text, start, "MSH|^~\\&|…");
    }
    var delimiters = Delimiters.declared(field, lines.get(0).substring(4, end));
    var segments = new ArrayList<Hl7Segment>(lines.size());
    for (var line : lines) {
      segments.add(segment(line, delimiters, segments.isEmpty()));
    }
    return new Hl7Message(delimiters, segments);
  }

  private static Hl7Segment segment(String line, Delimiters delimiters, boolean first) {
    var name = line.substring(0, 3);
    if (!first && (name.equals("MSH") || name.equals("BHS") || name.equals("FHS"))) {
      throw unreadable(line, 0, "1 × MSH");
    }
    var fields = PipeParser.split(line, String.valueOf(delimiters.field()));
    if (first) {
      // MSH-1 is the separator itself, so that MSH-2 is what stands first after the name.
      var shifted = new String[fields.length + 1];
      System.arraycopy(fields, 1, shifted, 2, fields.length - 1);
      shifted[1] = String.valueOf(delimiters.field());
      return new Hl7Segment(name, shifted, delimiters);
    }
    return new Hl7Segment(name, fields, delimiters);
  }

  private static HubException unreadable(String text, int start, String expected) {
    var shown = text.substring(start, Math.min(text.length(), start + SHOWN)).strip();
    return new HubException(ErrorCode.MESSAGE_UNREADABLE, "MSH", "'" + shown + "' ≠ " + expected);
  }

  /**
   * Splits at segment ends. The standard's is CR; senders use LF and CRLF too, and some leave line
   * feeds inside a field: a line that does not begin like a segment belongs to the one before. A
   * bare name is taken for a segment unless a lone line feed stands before it.
   */
  private record Lines(char field) {
    List<String> of(String text, int start) {
      var returns = text.indexOf('\r', start) >= 0;
      var lines = new ArrayList<String>();
      var from = start;
      while (from < text.length()) {
        var to = from;
        while (to < text.length() && text.charAt(to) != '\r' && text.charAt(to) != '\n') {
          to++;
        }
        var loneLineFeed =
            returns && from > 1 && text.charAt(from - 1) == '\n' && text.charAt(from - 2) != '\r';
        add(lines, text.substring(from, to), loneLineFeed);
        from = to + 1;
      }
      return lines;
    }

    private void add(List<String> lines, String line, boolean loneLineFeed) {
      if (line.isBlank()) {
        return;
      }
      var stripped = line.stripLeading();
      if (lines.isEmpty() || looksLikeSegment(stripped, loneLineFeed)) {
        lines.add(stripped);
      } else if (lines.size() == 1) {
        throw unreadable(line, 0, "XXX" + field + "…");
      } else {
        lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "\n" + line);
      }
    }

    private boolean looksLikeSegment(String line, boolean loneLineFeed) {
      if (line.length() < 3 || (line.length() == 3 && loneLineFeed)) {
        return false;
      }
      return upper(line.charAt(0))
          && (upper(line.charAt(1)) || digit(line.charAt(1)))
          && (upper(line.charAt(2)) || digit(line.charAt(2)))
          && (line.length() == 3 || line.charAt(3) == field);
    }

    private static boolean upper(char c) {
      return c >= 'A' && c <= 'Z';
    }

    private static boolean digit(char c) {
      return c >= '0' && c <= '9';
    }
  }
}
