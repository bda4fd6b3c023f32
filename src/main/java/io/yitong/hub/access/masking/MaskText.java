package io.yitong.hub.access.masking;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a text for a log what is no business of whoever reads logs: tokens, passwords, keys,
 * and what tells a person apart (GB/T 35273-2020, 6.3 and annex B). A resident ID keeps its first
 * six and last two characters, a phone number its first three and last two. What would move the
 * cursor, begin a line or turn the writing direction is written out.
 *
 * <p>A belt: nothing in the hub is meant to log any of it. Every pattern is linear in the text.
 */
final class MaskText {
  private static final int LONGEST = 16_384;

  /** Controls, line and paragraph separators, bidirectional controls, byte order marks. */
  private static final Pattern UNFIT =
      Pattern.compile(
          "[\\p{Cc}&&[^\\t]]|[\\u061C\\u200E\\u200F\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?",
              "[private key]"),
          new Rule("eyJ[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){1,4}", "[token]"),
          new Rule("(?i)\\b(Bearer|Basic) +(?!\\[)[A-Za-z0-9._~+/=-]{8,}", "$1 [secret]"),
          new Rule(
              "(?i)((?:secret|assertion|password|passwd|access_token|refresh_token|id_token"
                  + "|code_verifier|api[_-]?key)\"? ?[=:] ?\"?)(?!\\[)[^\\s\"&,;)}]+",
              "$1[secret]"),
          new Rule(
              "([?&](?:[A-Za-z-]{1,40}[.:]){0,4}"
                  + "(?:name|family|given|phonetic|telecom|phone|email|address|address-[a-z]{1,12}"
                  + "|birthdate|identifier|_content|_text)(?::[A-Za-z-]{1,20})?=)[^&\\s\"'<>]*",
              "$1[masked]"),
          new Rule(
              "(?<![0-9])([1-9][0-9]{5})(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])"
                  + "(?:0[1-9]|[12][0-9]|3[01])[0-9]{2}([0-9][0-9Xx])(?![0-9])",
              "$1**********$2"),
          new Rule(
              "(?<![0-9])([1-9][0-9]{5})[0-9]{2}(?:0[1-9]|1[0-2])"
                  + "(?:0[1-9]|[12][0-9]|3[01])[0-9]([0-9]{2})(?![0-9])",
              "$1*******$2"),
          new Rule(
              "(?<![0-9])((?:00)?(?:86)?1[3-9][0-9])[0-9]{6}([0-9]{2})(?![0-9])", "$1******$2"));

  private record Rule(Pattern pattern, String replacement) {
    Rule(String pattern, String replacement) {
      this(Pattern.compile(pattern), replacement);
    }
  }

  private MaskText() {}

  /** The same text when there was nothing to mask. */
  static String mask(String text) {
    var masked = text.length() > LONGEST ? text.substring(0, LONGEST) + " [cut]" : text;
    for (var rule : RULES) {
      masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
    }
    return UNFIT.matcher(masked).replaceAll(found -> writtenOut(found.group().charAt(0)));
  }

  private static String writtenOut(char unfit) {
    return switch (unfit) {
      case '\n' -> "\\\\n";
      case '\r' -> "\\\\r";
      default -> "\\\\u%04X".formatted((int) unfit);
    };
  }
}
