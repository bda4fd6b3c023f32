package io.yitong.hub.feed;

import io.yitong.hub.feed.DecodeMessage.Decoded;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Mapped;
import io.yitong.hub.mapping.hl7v2.Hl7Message;
import io.yitong.hub.mapping.hl7v2.MapHl7Message;
import io.yitong.hub.mapping.tabular.MapLabCsv;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.Charset;
import java.util.List;

/** Bytes to something that can be mapped, or the reason why not; then to FHIR. */
@ApplicationScoped
class ReadMessage {
  private final MapHl7Message hl7;
  private final MapLabCsv csv;

  ReadMessage(MapHl7Message hl7, MapLabCsv csv) {
    this.hl7 = hl7;
    this.csv = csv;
  }

  /** What stands in the bytes. */
  sealed interface Read {
    Envelope envelope();

    record Hl7(Envelope envelope, Hl7Message message) implements Read {}

    record Csv(Envelope envelope, String text) implements Read {}

    record Unreadable(Envelope envelope, Objection why) implements Read {}
  }

  /**
   * What is on the outside of a message.
   *
   * @param orderKey messages of one sender with the same key take effect in the order received
   * @param answerIn character set of the acknowledgement
   */
  record Envelope(
      String controlId, String messageType, String orderKey, LooseHeader header, Charset answerIn) {

    /** Sending application and facility (MSH-3, MSH-4), whose control ids are their own. */
    String origin() {
      return header.field(3) + "|" + header.field(4);
    }
  }

  Read hl7(Sender sender, byte[] bytes) {
    var decoded = DecodeMessage.decode(bytes, sender.charset());
    if (decoded instanceof Decoded.Text text) {
      var header = LooseHeader.read(bytes, text.charset());
      try {
        return parsed(Hl7Message.parse(text.text()), header, text.charset());
      } catch (HubException e) {
        return new Read.Unreadable(loose(header, text.charset()), Objection.of(e));
      }
    }
    var header = LooseHeader.read(bytes, sender.charset());
    var answerIn = DecodeMessage.charset(header.field(18)).orElse(sender.charset());
    return new Read.Unreadable(loose(header, answerIn), ((Decoded.Wrong) decoded).why());
  }

  /** A whole file is one message. Its name comes again with other content; its digest does not. */
  Read csv(Sender sender, byte[] bytes, String digest) {
    var header = LooseHeader.read(new byte[0], sender.charset());
    var envelope = new Envelope(digest, "CSV", "", header, sender.charset());
    var decoded = DecodeMessage.decodeAs(bytes, sender.charset());
    return decoded instanceof Decoded.Text text
        ? new Read.Csv(envelope, text.text())
        : new Read.Unreadable(envelope, ((Decoded.Wrong) decoded).why());
  }

  /**
   * To FHIR.
   *
   * @return one for a message, one for each report of a file
   */
  List<Mapped> map(Read read, Sender sender, String messageUri) {
    if (read instanceof Read.Hl7 message) {
      return List.of(hl7.map(message.message(), sender.dialect(), messageUri));
    }
    if (read instanceof Read.Csv file) {
      return csv.map(file.text(), sender.dialect(), messageUri);
    }
    throw new IllegalArgumentException("what cannot be read cannot be mapped");
  }

  private static Read parsed(Hl7Message message, LooseHeader header, Charset charset) {
    var envelope =
        new Envelope(
            message.controlId(),
            message.typeAndTrigger(),
            message.value("PID-3.1"),
            header,
            charset);
    return new Read.Hl7(envelope, message);
  }

  private static Envelope loose(LooseHeader header, Charset answerIn) {
    var type = header.field(9).replace(header.delimiters().component(), '^');
    return new Envelope(header.component(10), type, "", header, answerIn);
  }
}
