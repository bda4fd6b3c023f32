package io.yitong.hub.search;

import java.util.ArrayList;
import java.util.List;

/** The escapes of search values: {@code \,} {@code \|} {@code \$} {@code \\} (FHIR R4, 3.1.1.4). */
final class Syntax {
  private Syntax() {}

  /** Parts at separators that are not escaped; escapes stay. */
  static List<String> split(String raw, char separator) {
    var parts = new ArrayList<String>();
    var start = 0;
    for (var i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '\\') {
        i++;
      } else if (raw.charAt(i) == separator) {
        parts.add(raw.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(raw.substring(start));
    return parts;
  }

  static String plain(String raw) {
    var plain = new StringBuilder();
    for (var i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '\\' && i + 1 < raw.length()) {
        i++;
      }
      plain.append(raw.charAt(i));
    }
    return plain.toString();
  }

  /** The value as it is written in a query. */
  static String escaped(String plain) {
    return plain.replaceAll("[\\\\,|$]", "\\\\$0");
  }
}
