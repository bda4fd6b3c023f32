package io.yitong.hub.record.sql;

import io.yitong.hub.record.sql.Phrases.Phrase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as it stands in the columns {@code content}, its usual phrases shortened. SQL reads it by
 * the function {@code content_text}.
 */
public final class StoredText {
  /** Bits of the table by which phrases are found from their first bytes. */
  private static final int BITS = 12;

  private static final Phrase[][] BY_START = byStart();

  private StoredText() {}

  /**
   * @param json UTF-8, without control characters but tab, carriage return, line feed: as JSON has
   *     to be
   */
  public static String of(byte[] json) {
    var out = new ByteArrayOutputStream(json.length / 2);
    var start = 0;
    var at = 0;
    while (at + 3 <= json.length) {
      var phrase = phraseAt(json, at);
      if (phrase == null) {
        at++;
        continue;
      }
      out.write(json, start, at - start);
      out.writeBytes(phrase.code());
      at += phrase.text().length;
      start = at;
    }
    out.write(json, start, json.length - start);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** The JSON again, byte for byte. */
  public static byte[] json(byte[] stored) {
    var length = length(stored);
    if (length == stored.length) {
      return stored;
    }
    var json = new byte[length];
    var to = 0;
    var start = 0;
    for (var at = 0; at < stored.length; at++) {
      var phrase = phrase(stored, at);
      if (phrase != null) {
        System.arraycopy(stored, start, json, to, at - start);
        to += at - start;
        System.arraycopy(phrase, 0, json, to, phrase.length);
        to += phrase.length;
        at += stored[at] == Phrases.TWO ? 1 : 0;
        start = at + 1;
      }
    }
    System.arraycopy(stored, start, json, to, stored.length - start);
    return json;
  }

  private static int length(byte[] stored) {
    var length = stored.length;
    for (var at = 0; at < stored.length; at++) {
      var phrase = phrase(stored, at);
      if (phrase != null) {
        var two = stored[at] == Phrases.TWO;
        length += phrase.length - (two ? 2 : 1);
        at += two ? 1 : 0;
      }
    }
    return length;
  }

  private static byte[] phrase(byte[] stored, int at) {
    var code = stored[at];
    if (code < 0 || code >= ' ') {
      return null;
    }
    return code == Phrases.TWO ? Phrases.ofTwo(stored[at + 1]) : Phrases.of(code);
  }

  /** The longest. */
  private static Phrase phraseAt(byte[] json, int at) {
    var candidates = BY_START[slot(json, at)];
    if (candidates != null) {
      for (var phrase : candidates) {
        if (phrase.isAt(json, at)) {
          return phrase;
        }
      }
    }
    return null;
  }

  private static int slot(byte[] text, int at) {
    var three = (text[at] & 0xFF) << 16 | (text[at + 1] & 0xFF) << 8 | text[at + 2] & 0xFF;
    return three * 0x9E3779B1 >>> (32 - BITS);
  }

  private static Phrase[][] byStart() {
    var bySlot = new HashMap<Integer, List<Phrase>>();
    for (var phrase : Phrases.all()) {
      bySlot.computeIfAbsent(slot(phrase.text(), 0), slot -> new ArrayList<>()).add(phrase);
    }
    var table = new Phrase[1 << BITS][];
    for (Map.Entry<Integer, List<Phrase>> entry : bySlot.entrySet()) {
      entry.getValue().sort(Comparator.comparingInt(Phrase::saved).reversed());
      table[entry.getKey()] = entry.getValue().toArray(Phrase[]::new);
    }
    return table;
  }
}
