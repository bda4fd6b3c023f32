package io.yitong.hub.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import io.yitong.hub.fhir.ErrorCode;
import java.util.List;

/**
 * Minimal Lower Layer Protocol (HL7 v2 transport, release 1) on bytes: VT message FS CR. What never
 * becomes a whole frame is handed on as {@link BrokenFrame}, so that it can be put on record;
 * Camel's own codec drops it in silence, and has no limit to a frame.
 *
 * <p>A sender that does not wait for its answers is read no further once {@value #MOST_UNANSWERED}
 * are owed to it.
 */
final class MllpCodec extends ByteToMessageCodec<byte[]> {
  static final int MOST_BYTES = 16 * 1024 * 1024;
  private static final int MOST_KEPT = 64 * 1024;
  private static final int MOST_UNANSWERED = 16;
  private static final byte START = 0x0B;
  private static final byte END = 0x1C;
  private static final byte CR = 0x0D;

  private enum Place {
    BETWEEN_FRAMES,
    IN_FRAME,
    /** The rest of a frame or of garbage that is already on record. */
    IN_WASTE
  }

  private Place place = Place.BETWEEN_FRAMES;
  private int scanned;
  private int unanswered;

  @Override
  protected void encode(ChannelHandlerContext context, byte[] message, ByteBuf out) {
    out.writeByte(START).writeBytes(message).writeByte(END).writeByte(CR);
    unanswered--;
    if (unanswered < MOST_UNANSWERED / 2) {
      context.channel().config().setAutoRead(true);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    var before = out.size();
    switch (place) {
      case BETWEEN_FRAMES -> findStart(in, out);
      case IN_FRAME -> readFrame(in, out);
      case IN_WASTE -> skipWaste(in);
    }
    unanswered += (int) out.stream().skip(before).filter(byte[].class::isInstance).count();
    if (unanswered >= MOST_UNANSWERED) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  protected void decodeLast(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (!in.isReadable()) {
      return;
    }
    if (place == Place.IN_FRAME) {
      out.add(broken(in, in.readableBytes(), truncated()));
    } else if (place == Place.BETWEEN_FRAMES) {
      addGarbage(in, in.readableBytes(), out);
    }
    in.skipBytes(in.readableBytes());
  }

  private void findStart(ByteBuf in, List<Object> out) {
    var start = in.indexOf(in.readerIndex(), in.writerIndex(), START);
    if (start >= 0) {
      addGarbage(in, start - in.readerIndex(), out);
      in.skipBytes(1);
      enter(Place.IN_FRAME);
    } else if (in.readableBytes() > MOST_KEPT) {
      addGarbage(in, in.readableBytes(), out);
      enter(Place.IN_WASTE);
    }
  }

  private void readFrame(ByteBuf in, List<Object> out) {
    var mark = nextMark(in);
    if (mark < 0) {
      refuseTooLong(in, out);
    } else if (in.getByte(mark) == START) {
      out.add(broken(in, mark - in.readerIndex(), truncated()));
      in.skipBytes(mark - in.readerIndex() + 1);
      enter(Place.IN_FRAME);
    } else {
      out.add(ByteBufUtil.getBytes(in, in.readerIndex(), mark - in.readerIndex()));
      in.skipBytes(mark - in.readerIndex() + 2);
      enter(Place.BETWEEN_FRAMES);
    }
  }

  /**
   * Index of the next start block or of an end block with its carriage return; -1 when neither is
   * there yet. What was looked at is not looked at again.
   */
  private int nextMark(ByteBuf in) {
    while (true) {
      var from = in.readerIndex() + scanned;
      var mark = in.forEachByte(from, in.writerIndex() - from, b -> b != START && b != END);
      if (mark < 0) {
        scanned = in.readableBytes();
        return -1;
      }
      scanned = mark - in.readerIndex();
      if (in.getByte(mark) == START) {
        return mark;
      }
      if (mark + 1 == in.writerIndex()) {
        return -1;
      }
      if (in.getByte(mark + 1) == CR) {
        return mark;
      }
      scanned++;
    }
  }

  private void refuseTooLong(ByteBuf in, List<Object> out) {
    if (in.readableBytes() > MOST_BYTES) {
      out.add(
          broken(
              in,
              in.readableBytes(),
              Objection.of(ErrorCode.REQUEST_TOO_LARGE, "", Integer.toString(MOST_BYTES))));
      in.skipBytes(in.readableBytes());
      enter(Place.IN_WASTE);
    }
  }

  private void skipWaste(ByteBuf in) {
    while (in.isReadable()) {
      var current = in.getByte(in.readerIndex());
      if (current == START) {
        in.skipBytes(1);
        enter(Place.IN_FRAME);
        return;
      }
      in.skipBytes(1);
      if (current == END) {
        enter(Place.BETWEEN_FRAMES);
        return;
      }
    }
  }

  private void addGarbage(ByteBuf in, int length, List<Object> out) {
    var blank = in.forEachByte(in.readerIndex(), length, MllpCodec::isBlank) < 0;
    if (!blank) {
      out.add(
          broken(
              in,
              length,
              Objection.of(
                  ErrorCode.MESSAGE_UNREADABLE, "", "MLLP 帧之外的字节 / bytes outside an MLLP frame")));
    }
    in.skipBytes(length);
  }

  private void enter(Place next) {
    place = next;
    scanned = 0;
  }

  private static boolean isBlank(byte b) {
    return b == CR || b == '\n' || b == ' ' || b == 0;
  }

  private static Objection truncated() {
    return Objection.of(ErrorCode.MESSAGE_TRUNCATED, "");
  }

  private static BrokenFrame broken(ByteBuf in, int length, Objection why) {
    return new BrokenFrame(
        ByteBufUtil.getBytes(in, in.readerIndex(), Math.min(length, MOST_KEPT)), why);
  }
}
