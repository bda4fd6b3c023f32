package io.yitong.hub.feed;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.mapping.hl7v2.Delimiters;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Builds the acknowledgement (HL7 v2.5.1, 2.9.2 original mode): in the sender's delimiters and
 * character set, MSH-3 to MSH-6 turned round, ERR after v2.5.
 */
final class WriteAck {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssZ");
  private static final Pattern WHERE =
      Pattern.compile("([A-Z][A-Z0-9]{2})(?:\\[(\\d+)])?(?:-(\\d+)(?:\\.(\\d+))?)?");

  /** HL7 table 0357. */
  private static final Map<Integer, String> CONDITIONS =
      Map.ofEntries(
          Map.entry(100, "Segment sequence error"),
          Map.entry(101, "Required field missing"),
          Map.entry(102, "Data type error"),
          Map.entry(103, "Table value not found"),
          Map.entry(200, "Unsupported message type"),
          Map.entry(201, "Unsupported event code"),
          Map.entry(202, "Unsupported processing id"),
          Map.entry(203, "Unsupported version id"),
          Map.entry(204, "Unknown key identifier"),
          Map.entry(205, "Duplicate key identifier"),
          Map.entry(206, "Application record locked"),
          Map.entry(207, "Application internal error"));

  private final LooseHeader header;
  private final Charset charset;
  private final ZoneId zone;

  /**
   * @param header of the message that is answered
   * @param charset in which it was read
   * @param zone of the institution
   */
  WriteAck(LooseHeader header, Charset charset, ZoneId zone) {
    this.header = header;
    this.charset = charset;
    this.zone = zone;
  }

  /**
   * @param ownControlId MSH-10 of the acknowledgement
   * @param at MSH-7
   */
  Ack write(Answer answer, String ownControlId, Instant at) {
    var text = new StringBuilder(256);
    segment(text, msh(ownControlId, at));
    segment(text, "MSA", answer.msa1(), header.field(10));
    answer.why().ifPresent(why -> segment(text, err(why)));
    return Ack.of(text.toString().getBytes(charset));
  }

  private String[] msh(String ownControlId, Instant at) {
    var trigger = trigger();
    return new String[] {
      "MSH",
      header.delimiters().encodingCharacters(),
      header.field(5),
      header.field(6),
      header.field(3),
      header.field(4),
      TIME.format(at.atZone(zone)),
      "",
      trigger.isEmpty() ? "ACK" : composed("ACK", trigger, "ACK"),
      ownControlId,
      header.field(11),
      header.field(12),
      "",
      "",
      "",
      "",
      "",
      header.field(18)
    };
  }

  private String trigger() {
    var type = header.field(9).split(Pattern.quote("" + header.delimiters().component()), -1);
    return type.length > 1 ? type[1] : "";
  }

  private String[] err(Objection why) {
    var code = why.code();
    return new String[] {
      "ERR",
      "",
      location(why.where()),
      composed(
          Integer.toString(code.hl7Condition()),
          CONDITIONS.getOrDefault(code.hl7Condition(), ""),
          "HL70357"),
      severity(code),
      composed(code.code(), "", "YITONG"),
      "",
      escaped(why.english()),
      escaped(why.chinese())
    };
  }

  /** ERL: segment, its sequence, field, repetition, component; empty for what is no HL7 path. */
  private String location(String where) {
    var path = WHERE.matcher(where);
    if (!path.matches()) {
      return "";
    }
    var sequence = path.group(2) == null ? "1" : path.group(2);
    if (path.group(3) == null) {
      return composed(path.group(1), sequence);
    }
    if (path.group(4) == null) {
      return composed(path.group(1), sequence, path.group(3));
    }
    return composed(path.group(1), sequence, path.group(3), "1", path.group(4));
  }

  private static String severity(ErrorCode code) {
    return code.status() >= 500 ? "F" : "E";
  }

  private String composed(String... components) {
    return String.join("" + header.delimiters().component(), components);
  }

  private void segment(StringBuilder text, String... fields) {
    text.append(String.join("" + header.delimiters().field(), fields)).append('\r');
  }

  private String escaped(String text) {
    var delimiters = header.delimiters();
    var escaped = new StringBuilder(text.length() + 16);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var letter = letter(c, delimiters);
      if (letter == 0) {
        escaped.append(c < ' ' ? ' ' : c);
      } else {
        escaped.append(delimiters.escape()).append(letter).append(delimiters.escape());
      }
    }
    return escaped.toString();
  }

  /** HL7 v2.5.1, 2.7.1; 0 for a character that stands for itself. */
  private static char letter(char c, Delimiters delimiters) {
    if (c == delimiters.field()) {
      return 'F';
    }
    if (c == delimiters.component()) {
      return 'S';
    }
    if (c == delimiters.repetition()) {
      return 'R';
    }
    if (c == delimiters.escape()) {
      return 'E';
    }
    return c == delimiters.subcomponent() ? 'T' : 0;
  }
}
