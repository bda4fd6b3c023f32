package io.yitong.hub.record.index;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as it is compared: lower case, accents taken off, blanks made one; Chinese stays. */
public final class NormalisedText {
  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private NormalisedText() {}

  public static String of(String text) {
    var decomposed = Normalizer.normalize(text, Normalizer.Form.NFD);
    var plain = MARKS.matcher(decomposed).replaceAll("");
    var lower = Normalizer.normalize(plain, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    return BLANKS.matcher(lower.strip()).replaceAll(" ");
  }
}
