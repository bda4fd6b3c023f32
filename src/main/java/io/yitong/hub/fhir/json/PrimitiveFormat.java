package io.yitong.hub.fhir.json;

import io.yitong.hub.fhir.ResourceKey;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the values of primitive types look like (FHIR R4, 2.24.0.1). */
final class PrimitiveFormat {
  /** FHIR R4, 2.24.0.1: strings do not exceed a megabyte. */
  private static final int LONGEST = 1024 * 1024;

  private static final String OID = "urn:oid:";
  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d{1,9})?";
  private static final String ZONE = "(Z|[+-]((0\\d|1[0-3]):[0-5]\\d|14:00))";

  private static final Pattern DATE = Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-\\d\\d)?)?");
  private static final Pattern DATE_TIME =
      Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-\\d\\d(T" + TIME + ZONE + ")?)?)?");
  private static final Pattern INSTANT =
      Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-\\d\\dT" + TIME + ZONE);
  private static final Pattern TIME_OF_DAY = Pattern.compile(TIME);
  private static final Pattern DECIMAL =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?");
  private static final Pattern UUID =
      Pattern.compile("urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private static final Map<String, Predicate<String>> BY_TYPE =
      Map.ofEntries(
          Map.entry("boolean", text -> text.equals("true") || text.equals("false")),
          Map.entry("integer", text -> isWhole(text, Integer.MIN_VALUE)),
          Map.entry("unsignedInt", text -> isWhole(text, 0)),
          Map.entry("positiveInt", text -> isWhole(text, 1)),
          Map.entry("decimal", matching(DECIMAL)),
          Map.entry("date", text -> matching(DATE).test(text) && isInCalendar(text)),
          Map.entry("dateTime", text -> matching(DATE_TIME).test(text) && isInCalendar(text)),
          Map.entry("instant", text -> matching(INSTANT).test(text) && isInCalendar(text)),
          Map.entry("time", matching(TIME_OF_DAY)),
          Map.entry("id", ResourceKey::isId),
          Map.entry("code", PrimitiveFormat::isCode),
          Map.entry("uri", PrimitiveFormat::isUri),
          Map.entry("url", PrimitiveFormat::isUri),
          Map.entry("canonical", PrimitiveFormat::isUri),
          Map.entry("oid", PrimitiveFormat::isOid),
          Map.entry("uuid", matching(UUID)),
          Map.entry("base64Binary", PrimitiveFormat::isBase64),
          Map.entry("xhtml", Narrative::isSafe));

  private PrimitiveFormat() {}

  static boolean holds(String type, String text) {
    return BY_TYPE.getOrDefault(type, PrimitiveFormat::isText).test(text);
  }

  private static Predicate<String> matching(Pattern pattern) {
    return text -> pattern.matcher(text).matches();
  }

  private static boolean isWhole(String text, int least) {
    try {
      var number = Integer.parseInt(text);
      return number >= least && !text.startsWith("+");
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** 2026-02-30 has the form of a date. */
  private static boolean isInCalendar(String text) {
    if (text.startsWith("0000")) {
      return false;
    }
    if (text.length() < 10) {
      return true;
    }
    try {
      LocalDate.of(
          Integer.parseInt(text.substring(0, 4)),
          Integer.parseInt(text.substring(5, 7)),
          Integer.parseInt(text.substring(8, 10)));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Words parted by single blanks. */
  private static boolean isCode(String text) {
    var blank = true;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      var isSpace = isBlank(c);
      if (isSpace && (blank || c != ' ')) {
        return false;
      }
      blank = isSpace;
    }
    return !blank;
  }

  private static boolean isUri(String text) {
    return !text.isEmpty() && text.length() <= LONGEST && hasNoBlank(text);
  }

  private static boolean hasNoBlank(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ') {
        return false;
      }
    }
    return true;
  }

  /** Looked through once: values have megabytes, and a pattern would go back over them. */
  private static boolean isBase64(String text) {
    var padding = 0;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '=') {
        padding++;
      } else if (!isBlank(c) && (padding > 0 || !isBase64(c))) {
        return false;
      }
    }
    return !text.isEmpty() && padding <= 2;
  }

  private static boolean isBase64(char c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /** {@code urn:oid:1.2.3}; without a pattern, whose groups nest as often as they repeat. */
  private static boolean isOid(String text) {
    if (!text.startsWith(OID) || text.length() < OID.length() + 3) {
      return false;
    }
    var first = text.charAt(OID.length());
    if (first < '0' || first > '2') {
      return false;
    }
    var start = OID.length() + 1;
    for (var i = start; i <= text.length(); i++) {
      if (i == text.length() || i > start && text.charAt(i) == '.') {
        if (!isArc(text, start, i)) {
          return false;
        }
        start = i;
      }
    }
    return true;
  }

  /** A dot, and a number without needless zeros. */
  private static boolean isArc(String text, int start, int end) {
    if (end - start < 2 || text.charAt(start) != '.') {
      return false;
    }
    for (var i = start + 1; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return end - start == 2 || text.charAt(start + 1) != '0';
  }

  /** Not empty, not of blanks only, no control characters but tab, carriage return, line feed. */
  private static boolean isText(String text) {
    if (text.isBlank() || text.length() > LONGEST) {
      return false;
    }
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c < ' ' && c != '\t' && c != '\r' && c != '\n') {
        return false;
      }
    }
    return true;
  }
}
