package io.yitong.hub.record.patient;

import io.yitong.hub.fhir.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Finds the literal references in stored JSON without parsing it. An unescaped {@code "reference"}
 * before a colon can be nothing but the name of that element: within a string its quotes would be
 * escaped.
 */
final class References {
  private static final byte[] NAME = "\"reference\"".getBytes(StandardCharsets.US_ASCII);

  private References() {}

  /**
   * @param base of this hub's absolute references
   */
  static void collect(byte[] json, String base, Collection<ResourceKey> found) {
    for (var at = next(json, 0); at >= 0; at = next(json, at)) {
      var colon = skipSpace(json, at);
      if (colon >= json.length || json[colon] != ':') {
        continue;
      }
      var quote = skipSpace(json, colon + 1);
      if (quote < json.length && json[quote] == '"') {
        var end = end(json, quote + 1);
        var text = new String(json, quote + 1, end - quote - 1, StandardCharsets.UTF_8);
        ResourceKey.ofReference(text.startsWith(base) ? text.substring(base.length()) : text)
            .ifPresent(found::add);
      }
    }
  }

  /** The place behind the next name; -1 when there is none. */
  private static int next(byte[] json, int from) {
    for (var i = from; i <= json.length - NAME.length; i++) {
      if (json[i] == '"' && matches(json, i) && (i == 0 || json[i - 1] != '\\')) {
        return i + NAME.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] json, int at) {
    for (var i = 1; i < NAME.length; i++) {
      if (json[at + i] != NAME[i]) {
        return false;
      }
    }
    return true;
  }

  private static int skipSpace(byte[] json, int from) {
    var i = from;
    while (i < json.length && json[i] <= ' ') {
      i++;
    }
    return i;
  }

  private static int end(byte[] json, int from) {
    var i = from;
    while (i < json.length && json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return Math.min(i, json.length);
  }
}
