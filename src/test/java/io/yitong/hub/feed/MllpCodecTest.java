package io.yitong.hub.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MllpCodecTest {
  @Property(tries = 200)
  void frames_come_out_whole_however_the_network_cuts_them(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 9) Integer> cuts) {
    var stream = bytes("\u000bMSH|1\u001c\r\n\u000bMSH|\u001c2\u001c\r");
    var channel = new EmbeddedChannel(new MllpCodec());

    var at = 0;
    for (var i = 0; at < stream.length; i++) {
      var next = Math.min(stream.length, at + cuts.get(i % cuts.size()));
      channel.writeInbound(Unpooled.copiedBuffer(stream, at, next - at));
      at = next;
    }

    assertThat(read(channel)).containsExactly("MSH|1", "MSH|\u001c2");
  }

  @Test
  void a_connection_closed_before_the_end_block_leaves_a_truncated_frame() {
    var channel = receiving("\u000bMSH|half");

    channel.finish();

    assertThat(read(channel)).containsExactly("MESSAGE_TRUNCATED MSH|half");
  }

  @Test
  void an_end_block_without_its_carriage_return_is_no_end() {
    var channel = receiving("\u000bMSH|half\u001c");

    channel.finish();

    assertThat(read(channel)).containsExactly("MESSAGE_TRUNCATED MSH|half\u001c");
  }

  @Test
  void a_start_block_inside_a_message_ends_it_truncated_and_begins_the_next() {
    assertThat(read(receiving("\u000bMSH|half\u000bMSH|2\u001c\r")))
        .containsExactly("MESSAGE_TRUNCATED MSH|half", "MSH|2");
  }

  @Test
  void garbage_before_a_frame_is_on_record_and_the_frame_is_read() {
    assertThat(read(receiving("GET / HTTP/1.1\r\n\u000bMSH|2\u001c\r")))
        .containsExactly("MESSAGE_UNREADABLE GET / HTTP/1.1\r\n", "MSH|2");
  }

  @Test
  void line_ends_between_frames_are_nothing() {
    var channel = receiving("\r\n\u000bMSH|2\u001c\r\r\n");

    channel.finish();

    assertThat(read(channel)).containsExactly("MSH|2");
  }

  @Test
  void endless_garbage_is_on_record_once_and_not_kept() {
    var channel = receiving("x".repeat(70_000));
    channel.writeInbound(Unpooled.copiedBuffer("x".repeat(70_000), StandardCharsets.US_ASCII));

    channel.finish();

    assertThat(read(channel)).hasSize(1).first().asString().startsWith("MESSAGE_UNREADABLE xxx");
  }

  @Test
  void a_frame_over_the_limit_is_refused_and_the_next_one_read() {
    var channel = receiving("\u000bMSH|");
    var megabyte = new byte[1024 * 1024];
    for (var i = 0; i <= 16; i++) {
      channel.writeInbound(Unpooled.wrappedBuffer(megabyte));
    }
    channel.writeInbound(
        Unpooled.copiedBuffer("\u001c\r\u000bMSH|2\u001c\r", StandardCharsets.UTF_8));

    assertThat(read(channel)).hasSize(2).last().isEqualTo("MSH|2");
  }

  @Test
  void a_sender_that_does_not_wait_for_answers_is_not_read_further() {
    var channel = receiving("\u000bMSH\u001c\r".repeat(16));
    assertThat(channel.config().isAutoRead()).isFalse();

    for (var i = 0; i < 10; i++) {
      channel.writeOutbound((Object) bytes("ACK"));
    }

    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void an_answer_is_framed() {
    var channel = new EmbeddedChannel(new MllpCodec());

    channel.writeOutbound((Object) bytes("MSA"));

    ByteBuf out = channel.readOutbound();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\u000bMSA\u001c\r");
    out.release();
  }

  private static EmbeddedChannel receiving(String text) {
    var channel = new EmbeddedChannel(new MllpCodec());
    channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    return channel;
  }

  private static List<String> read(EmbeddedChannel channel) {
    var read = new ArrayList<String>();
    for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
      if (next instanceof BrokenFrame broken) {
        read.add(broken.why().code() + " " + text(broken.bytes()));
      } else {
        read.add(text((byte[]) next));
      }
    }
    return read;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
