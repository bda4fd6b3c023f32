package io.yitong.hub.record.index;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as it is compared: lower case, accents taken off, blanks made one; Chinese stays. */
public final class NormalisedText {
  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  /** What of a text is indexed, in UTF-16 units; well under what a btree entry may hold. */
  private static final int INDEXED = 240;

  private NormalisedText() {}

  public static String of(String text) {
    var decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    var plain = MARKS.matcher(decomposed).replaceAll("");
    var lower = Normalizer.normalize(plain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    var single = BLANKS.matcher(lower.strip()).replaceAll(" ");
    if (single.length() <= INDEXED) {
      return single;
    }
    var end = Character.isHighSurrogate(single.charAt(INDEXED - 1)) ? INDEXED - 1 : INDEXED;
    return single.substring(0, end).strip();
  }
}
