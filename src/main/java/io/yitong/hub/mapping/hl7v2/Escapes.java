package io.yitong.hub.mapping.hl7v2;

import java.nio.charset.StandardCharsets;

/** Escape sequences of HL7 v2.5.1, 2.7, and formatting commands of FT, 2.7.6. */
final class Escapes {
  private Escapes() {}

  static String undo(String text, Delimiters delimiters) {
    var escape = delimiters.escape();
    var start = text.indexOf(escape);
    if (start < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    var done = 0;
    while (start >= 0) {
      var end = text.indexOf(escape, start + 1);
      if (end < 0) {
        break;
      }
      var meaning = meaning(text.substring(start + 1, end), delimiters);
      if (meaning == null) {
        // Not a sequence: a sender that does not escape its backslashes. Keep what stands there.
        out.append(text, done, end);
        done = end;
        start = end;
      } else {
        out.append(text, done, start).append(meaning);
        done = end + 1;
        start = text.indexOf(escape, done);
      }
    }
    return out.append(text, done, text.length()).toString();
  }

  private static String meaning(String sequence, Delimiters delimiters) {
    if (sequence.isEmpty() || sequence.length() > 200) {
      return null;
    }
    return switch (sequence.charAt(0)) {
      case 'F' -> only(sequence, delimiters.field());
      case 'S' -> only(sequence, delimiters.component());
      case 'T' -> only(sequence, delimiters.subcomponent());
      case 'R' -> only(sequence, delimiters.repetition());
      case 'E' -> only(sequence, delimiters.escape());
      case 'H', 'N' -> sequence.length() == 1 ? "" : null;
      case 'X' -> hex(sequence);
      case '.' -> command(sequence);
      default -> null;
    };
  }

  private static String only(String sequence, char meaning) {
    return sequence.length() == 1 ? String.valueOf(meaning) : null;
  }

  /** Bytes in hexadecimal. UTF-8 where they are that, as the message itself was decoded already. */
  private static String hex(String sequence) {
    var digits = sequence.length() - 1;
    if (digits == 0 || digits % 2 != 0) {
      return null;
    }
    var bytes = new byte[digits / 2];
    for (var i = 0; i < bytes.length; i++) {
      var high = Character.digit(sequence.charAt(1 + 2 * i), 16);
      var low = Character.digit(sequence.charAt(2 + 2 * i), 16);
      if (high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    var text = new String(bytes, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String command(String sequence) {
    var name = sequence.length() < 3 ? "" : sequence.substring(1, 3);
    return switch (name) {
      case "br", "sp", "ce" -> "\n";
      case "sk" -> " ";
      case "fi", "nf", "in", "ti" -> "";
      default -> null;
    };
  }
}
