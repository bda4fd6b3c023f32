package io.yitong.hub.feed;

import io.yitong.hub.fhir.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes to text, strictly: a byte that the character set does not know is an error, never a
 * question mark in a name. MSH-18 decides; a message without it is in its institution's character
 * set.
 */
final class DecodeMessage {
  private static final Charset GB18030 = Charset.forName("GB18030");

  /** HL7 table 0211, and what senders write instead; without blanks, hyphens and case. */
  private static final Map<String, Charset> TABLE_0211 =
      Map.ofEntries(
          Map.entry("UNICODEUTF8", StandardCharsets.UTF_8),
          Map.entry("UTF8", StandardCharsets.UTF_8),
          Map.entry("UNICODE", StandardCharsets.UTF_8),
          Map.entry("GB180302000", GB18030),
          Map.entry("GB180302005", GB18030),
          Map.entry("GB180302022", GB18030),
          Map.entry("GB18030", GB18030),
          Map.entry("GBK", Charset.forName("GBK")),
          Map.entry("CP936", Charset.forName("GBK")),
          Map.entry("GB2312", Charset.forName("GBK")),
          Map.entry("BIG5", Charset.forName("Big5")),
          Map.entry("ASCII", StandardCharsets.US_ASCII),
          Map.entry("8859/1", StandardCharsets.ISO_8859_1));

  private DecodeMessage() {}

  /** What came of the bytes. */
  sealed interface Decoded {
    record Text(String text, Charset charset) implements Decoded {}

    record Wrong(Objection why) implements Decoded {}
  }

  static Decoded decode(byte[] bytes, Charset usual) {
    var declared = declared(bytes, usual);
    if (declared.isEmpty()) {
      return decodeAs(bytes, usual);
    }
    return charset(declared)
        .map(charset -> decodeAs(bytes, charset))
        .orElseGet(
            () ->
                new Decoded.Wrong(
                    Objection.of(ErrorCode.MESSAGE_CHARSET_UNKNOWN, "MSH-18", declared)));
  }

  static Decoded decodeAs(byte[] bytes, Charset charset) {
    var offset = malformedAt(bytes, charset);
    if (offset < 0 && isGb(charset)) {
      offset = looksLikeUtf8At(bytes);
    }
    return offset < 0
        ? new Decoded.Text(new String(bytes, charset), charset)
        : new Decoded.Wrong(
            Objection.of(
                ErrorCode.MESSAGE_CHARSET_WRONG,
                "MSH-18",
                charset.name(),
                Integer.toString(offset)));
  }

  /**
   * MSH-18 as written; read leniently, since the bytes of other fields may not be what they say.
   */
  private static String declared(byte[] bytes, Charset usual) {
    return LooseHeader.read(bytes, usual).field(18);
  }

  static Optional<Charset> charset(String declared) {
    var key = declared.toUpperCase(Locale.ROOT).replaceAll("[\\s_-]", "");
    return Optional.ofNullable(TABLE_0211.get(key));
  }

  private static boolean isGb(Charset charset) {
    return charset.name().startsWith("GB");
  }

  /** Index of the first byte that is not of this character set; -1 when all are. */
  private static int malformedAt(byte[] bytes, Charset charset) {
    var decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var in = ByteBuffer.wrap(bytes);
    var out = CharBuffer.allocate(8192);
    while (true) {
      var result = decoder.decode(in, out, true);
      if (result.isError()) {
        return in.position();
      }
      if (result.isUnderflow()) {
        return -1;
      }
      out.clear();
    }
  }

  /**
   * Almost every sequence of bytes is GB 18030, UTF-8 text too; Chinese in GB 18030 however is
   * hardly ever UTF-8. So bytes that are faultless UTF-8 with Chinese in them were not meant as GB
   * 18030.
   *
   * @return index of the first byte beyond ASCII; -1 when the bytes may well be GB 18030
   */
  private static int looksLikeUtf8At(byte[] bytes) {
    if (malformedAt(bytes, StandardCharsets.UTF_8) >= 0) {
      return -1;
    }
    var chinese =
        new String(bytes, StandardCharsets.UTF_8)
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    for (var i = 0; chinese && i < bytes.length; i++) {
      if (bytes[i] < 0) {
        return i;
      }
    }
    return -1;
  }
}
