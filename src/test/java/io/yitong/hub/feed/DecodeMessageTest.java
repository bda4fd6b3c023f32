package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.feed.DecodeMessage.Decoded;
import io.yitong.hub.fhir.ErrorCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeMessageTest {
  private static final Charset GB18030 = Charset.forName("GB18030");

  @Test
  void a_character_whose_second_byte_is_a_field_separator_stays_one_character() {
    var bytes = message("王瑋", "").getBytes(GB18030);

    assertThat(bytes).contains((byte) '|');
    assertThat(text(DecodeMessage.decode(bytes, GB18030))).isEqualTo(message("王瑋", ""));
  }

  @Test
  void a_four_byte_character_of_gb_18030_is_read() {
    var rare = "王𠮷"; // U+20BB7

    var bytes = message(rare, "GB 18030-2000").getBytes(GB18030);

    assertThat(text(DecodeMessage.decode(bytes, StandardCharsets.UTF_8))).contains(rare);
  }

  @ParameterizedTest
  @CsvSource({
    "UNICODE UTF-8, UTF-8",
    "UTF-8, UTF-8",
    "GB 18030-2000, GB18030",
    "GB18030, GB18030",
    "gbk, GBK",
    "GB2312, GBK",
    "BIG-5, Big5",
    "8859/1, ISO-8859-1",
  })
  void msh_18_decides(String declared, String charset) {
    var name = charset.equals("ISO-8859-1") ? "Müller" : "王小文";
    var bytes = message(name, declared).getBytes(Charset.forName(charset));

    var decoded = (Decoded.Text) DecodeMessage.decode(bytes, StandardCharsets.UTF_8);

    assertThat(decoded.charset().name()).isEqualTo(charset);
    assertThat(decoded.text()).contains(name);
  }

  @Test
  void gb_18030_declared_as_utf_8_is_refused_with_the_first_wrong_byte() {
    var bytes = message("王瑋", "UNICODE UTF-8").getBytes(GB18030);

    var why = why(DecodeMessage.decode(bytes, GB18030));

    assertThat(why.code()).isEqualTo(ErrorCode.MESSAGE_CHARSET_WRONG);
    assertThat(why.english())
        .contains("UTF-8")
        .contains("from byte " + (bytes.length - "王瑋\r".getBytes(GB18030).length));
  }

  @Test
  void utf_8_sent_to_a_feed_of_gb_18030_is_refused_though_its_bytes_are_gb_18030_too() {
    var bytes = message("王玮", "").getBytes(StandardCharsets.UTF_8);

    var why = why(DecodeMessage.decode(bytes, GB18030));

    assertThat(why.code()).isEqualTo(ErrorCode.MESSAGE_CHARSET_WRONG);
    assertThat(why.english()).contains("GB18030");
  }

  @Test
  void a_character_set_nobody_knows_is_refused() {
    var why = why(DecodeMessage.decode(message("x", "EBCDIC").getBytes(GB18030), GB18030));

    assertThat(why.code()).isEqualTo(ErrorCode.MESSAGE_CHARSET_UNKNOWN);
    assertThat(why.where()).isEqualTo("MSH-18");
  }

  private static String message(String name, String charset) {
    return "MSH|^~\\&|HIS|LAB|HUB|HUB|20260301||ADT^A04|1|P|2.5||||||"
        + charset
        + "\rPID|1||P1||"
        + name
        + "\r";
  }

  private static String text(Decoded decoded) {
    return ((Decoded.Text) decoded).text();
  }

  private static Objection why(Decoded decoded) {
    return ((Decoded.Wrong) decoded).why();
  }
}
