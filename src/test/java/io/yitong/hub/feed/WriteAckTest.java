package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ErrorCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class WriteAckTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Instant AT = Instant.parse("2026-03-01T00:30:00Z");
  private static final String MSH =
      "MSH|^~\\&|LIS|邻水县人民医院|YITONG|HUB|20260301083000||ORU^R01^ORU_R01|M1|P|2.5.1||||||GB 18030-2000\r";

  @Test
  void an_accepted_message_is_answered_from_its_receiver_to_its_sender() {
    var ack = ack(MSH, Answer.accepted(), GB18030);

    assertThat(ack)
        .isEqualTo(
            "MSH|^~\\&|YITONG|HUB|LIS|邻水县人民医院|20260301083000+0800||ACK^R01^ACK|YT7|P|2.5.1||||||GB"
                + " 18030-2000\rMSA|AA|M1\r");
  }

  @Test
  void an_error_names_its_place_its_condition_and_what_to_do_in_both_languages() {
    var why = Objection.of(ErrorCode.PATIENT_UNKNOWN, "PID-3", "P|001");

    var ack = ack(MSH, Answer.to(why), GB18030);

    assertThat(ack)
        .contains("\rMSA|AE|M1\r")
        .contains(
            "\rERR||PID^1^3|204^Unknown key identifier^HL70357|E|patient-unknown^^YITONG||"
                + "The patient number P\\F\\001 is not registered; the message is applied once it"
                + " is|患者号 P\\F\\001 未登记；登记后将自动重新处理本消息\r");
  }

  @Test
  void a_path_with_repetition_and_component_becomes_an_error_location() {
    var why = Objection.of(ErrorCode.MESSAGE_FIELD_INVALID, "OBX[3]-5.2", "a", "b", "c");

    assertThat(ack(MSH, Answer.to(why), GB18030)).contains("|OBX^3^5^1^2|");
  }

  @Test
  void the_senders_own_delimiters_are_used() {
    var msh = "MSH$%!?*$LIS$LAB$HUB$HUB$20260301$$ADT%A04$M2$P$2.4\r";

    var ack = ack(msh, Answer.to(Objection.of(ErrorCode.BUSY, "")), StandardCharsets.UTF_8);

    assertThat(ack).startsWith("MSH$%!?*$HUB$HUB$LIS$LAB$").contains("$ACK%A04%ACK$");
    assertThat(ack).contains("\rMSA$AR$M2\r");
  }

  @Test
  void bytes_that_are_no_message_are_answered_all_the_same() {
    var ack = ack("hello", Answer.to(Objection.of(ErrorCode.MESSAGE_UNREADABLE, "", "x")), GB18030);

    assertThat(ack).startsWith("MSH|^~\\&|").contains("\rMSA|AE|\r");
  }

  private static String ack(String message, Answer answer, Charset charset) {
    var header = LooseHeader.read(message.getBytes(charset), charset);
    var ack = new WriteAck(header, charset, ZoneId.of("Asia/Shanghai")).write(answer, "YT7", AT);
    return new String(ack.bytes(), charset);
  }
}
