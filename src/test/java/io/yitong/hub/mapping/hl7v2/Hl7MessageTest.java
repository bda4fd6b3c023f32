package io.yitong.hub.mapping.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.GenericParser;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7MessageTest {
  private static final String MSH =
      "MSH|^~\\&|HIS|H1^1.2.3^ISO|HUB|R|20260301081500||ADT^A04|C1|P|2.4|||AL|NE|CHN|GB18030~UTF-8";

  @Test
  void the_header_is_read_by_its_names() {
    // When
    var message = Hl7Message.parse(MSH + "\rPID|1||77\r");

    // Then
    assertThat(message.sendingApplication()).isEqualTo("HIS");
    assertThat(message.sendingFacility()).isEqualTo("H1^1.2.3^ISO");
    assertThat(message.receivingApplication()).isEqualTo("HUB");
    assertThat(message.receivingFacility()).isEqualTo("R");
    assertThat(message.dateTime()).isEqualTo("20260301081500");
    assertThat(message.typeAndTrigger()).isEqualTo("ADT^A04");
    assertThat(message.controlId()).isEqualTo("C1");
    assertThat(message.processingId()).isEqualTo("P");
    assertThat(message.version()).isEqualTo("2.4");
    assertThat(message.acceptAcknowledgement()).isEqualTo("AL");
    assertThat(message.applicationAcknowledgement()).isEqualTo("NE");
    assertThat(message.charset()).isEqualTo("GB18030");
    assertThat(message.value("MSH-1")).isEqualTo("|");
    assertThat(message.value("MSH-2")).isEqualTo("^~\\&");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\r\r", "\n\n"})
  void any_line_end_parts_segments(String end) {
    var message = Hl7Message.parse(MSH + end + "EVN|A04" + end + "PID|1||77" + end);

    assertThat(message.segments())
        .extracting(Hl7Segment::name)
        .containsExactly("MSH", "EVN", "PID");
  }

  @Test
  void a_byte_order_mark_and_blank_lines_before_the_message_are_passed_over() {
    var message = Hl7Message.parse("\uFEFF\r\n \n" + MSH + "\rPID|1||77");

    assertThat(message.value("PID-3.1")).isEqualTo("77");
  }

  @Test
  void a_line_feed_inside_a_field_stays_in_it() {
    var message = Hl7Message.parse(MSH + "\rOBX|1|TX|A||first line\nsecond line\rNTE|1||note\r");

    assertThat(message.value("OBX-5")).isEqualTo("first line\nsecond line");
    assertThat(message.value("NTE-3")).isEqualTo("note");
  }

  @Test
  void other_delimiters_are_those_the_message_declares() {
    var message = Hl7Message.parse("MSH$%*?!$LIS$H$$$$$ORU%R01$1$P$2.8\rPID$1$$9%%%A!1.2!ISO*10");

    assertThat(message.delimiters()).isEqualTo(new Delimiters('$', '%', '*', '?', '!'));
    assertThat(message.typeAndTrigger()).isEqualTo("ORU^R01");
    assertThat(message.first("PID").orElseThrow().values(3)).hasSize(2);
    assertThat(message.first("PID").orElseThrow().value(3).subcomponent(4, 2)).isEqualTo("1.2");
  }

  @Test
  void delimiters_left_out_are_the_usual_ones() {
    assertThat(Hl7Message.parse("MSH|^~|HIS|||||ADT^A04|1|P|2.1").delimiters())
        .isEqualTo(Delimiters.USUAL);
  }

  @Test
  void the_trigger_may_stand_in_the_event_segment_only() {
    var message = Hl7Message.parse("MSH|^~\\&|HIS||||||ADT|1|P|2.1\rEVN|A08|20260301");

    assertThat(message.typeAndTrigger()).isEqualTo("ADT^A08");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a\\F\\b ! a|b",
        "a\\S\\b\\T\\c\\R\\d\\E\\e ! a^b&c~d\\e",
        "one\\.br\\two ! 'one\ntwo'",
        "\\H\\bold\\N\\ plain ! bold plain",
        "\\XE78E8B\\ ! 王",
        "C:\\temp ! C:\\temp",
        "50\\ and \\Q\\ ! 50\\ and \\Q\\",
        "\\XZZ\\ ! \\XZZ\\",
        "\\ ! \\"
      })
  void escape_sequences_are_undone_and_what_is_none_stays(String written, String meant) {
    var message = Hl7Message.parse(MSH + "\rNTE|1||" + written);

    assertThat(message.value("NTE-3")).isEqualTo(meant);
  }

  @Test
  void two_quotes_say_that_a_value_was_deleted() {
    var pid = Hl7Message.parse(MSH + "\rPID|1||\"\"|\"\"^x").first("PID").orElseThrow();

    assertThat(pid.has(3)).isFalse();
    assertThat(pid.value(3).component(1)).isEmpty();
    assertThat(pid.value(4).component(2)).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "GET / HTTP/1.1",
        "MSH",
        "MSH|",
        "MSH|^~\\&",
        "MSHA^~\\&A",
        "PID|1||77",
        "/* a comment */\rMSH|^~\\&|HIS",
        "FHS|^~\\&|HIS\rBHS|^~\\&\rMSH|^~\\&|HIS|",
        "MSH|^~\\&|HIS|H|||20260301||ADT^A04|C-\n1|P|2.5\nPID|1"
      })
  void what_is_no_message_is_refused(String text) {
    assertThatThrownBy(() -> Hl7Message.parse(text))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_UNREADABLE));
  }

  @Test
  void two_messages_in_one_frame_are_refused_rather_than_mixed() {
    assertThatThrownBy(() -> Hl7Message.parse(MSH + "\rPID|1||77\r" + MSH + "\rPID|1||78"))
        .isInstanceOfSatisfying(
            HubException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_UNREADABLE));
  }

  /** HAPI's own generic parser is the judge of what stands where. */
  @Property(tries = 200)
  void fields_and_components_are_where_hapi_finds_them(
      @ForAll @Size(min = 1, max = 6)
          List<@Size(max = 4) List<@AlphaChars @NumericChars @StringLength(max = 3) String>> fields)
      throws HL7Exception {
    // Given
    var text = new StringBuilder("ZZZ");
    for (var components : fields) {
      text.append('|').append(String.join("^", components));
    }

    // When
    var ours = Hl7Message.parse(MSH + "\r" + text + "|end\r");
    var theirs = new Terser(hapi().parse(MSH + "\r" + text + "|end\r"));

    // Then
    for (var field = 1; field <= fields.size() + 1; field++) {
      for (var component = 1; component <= 4; component++) {
        var expected = theirs.get("ZZZ-" + field + "-" + component);
        assertThat(ours.value("ZZZ-" + field + "." + component))
            .isEqualTo(expected == null ? "" : expected);
      }
    }
  }

  private static GenericParser hapi() {
    var context = new DefaultHapiContext(ValidationContextFactory.noValidation());
    context.setModelClassFactory(new GenericModelClassFactory());
    return context.getGenericParser();
  }
}
