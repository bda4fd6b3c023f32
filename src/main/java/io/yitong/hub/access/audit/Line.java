package io.yitong.hub.access.audit;

/** What a caller sent, on one line, of bearable length and fit for PostgreSQL. */
final class Line {
  private static final int LONGEST = 2000;
  private static final char INSTEAD = '\uFFFD';

  private Line() {}

  /** Usually the text itself: few hold a control character or half of a surrogate pair. */
  static String of(String sent) {
    for (var i = 0; i < sent.length(); i++) {
      if (isUnfit(sent.charAt(i)) || i >= LONGEST) {
        return cleaned(sent);
      }
    }
    return sent;
  }

  private static boolean isUnfit(char c) {
    return Character.isISOControl(c) || Character.isSurrogate(c);
  }

  private static String cleaned(String sent) {
    var line = new StringBuilder();
    for (var i = 0; i < sent.length() && line.length() < LONGEST; ) {
      var point = sent.codePointAt(i);
      i += Character.charCount(point);
      if (Character.isBmpCodePoint(point) && isUnfit((char) point)) {
        line.append(INSTEAD);
      } else {
        line.appendCodePoint(point);
      }
    }
    return line.toString();
  }
}
