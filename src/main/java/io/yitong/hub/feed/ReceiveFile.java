package io.yitong.hub.feed;

import io.quarkus.arc.Unremovable;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.file.GenericFile;

/** What a watched folder's route does with a file; says in a header where the file goes then. */
@Singleton
@Unremovable
@Named("receiveFile")
class ReceiveFile implements Processor {
  /** Where the file is moved, relative to its folder. */
  static final String MOVE_TO = "YitongMoveTo";

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS");

  private final Senders senders;
  private final ReceiveMessage receive;
  private final Clock clock;

  ReceiveFile(Senders senders, ReceiveMessage receive, Clock clock) {
    this.senders = senders;
    this.receive = receive;
    this.clock = clock;
  }

  @Override
  public void process(Exchange exchange) throws IOException {
    var message = exchange.getMessage();
    var sender = senders.of(message.getHeader(ReceiveFrame.FEED, String.class)).orElseThrow();
    var file = message.getBody(GenericFile.class);
    var outcome = receive(sender, file);
    if (outcome instanceof Outcome.Busy busy) {
      throw new HubException(busy.code(), file.getFileNameOnly()); // a failed file stays
    }
    var stamp = STAMP.format(clock.instant().atZone(ZoneId.of("Asia/Shanghai")));
    message.setHeader(MOVE_TO, folder(outcome) + "/" + stamp + "-" + file.getFileNameOnly());
  }

  private Outcome receive(Sender sender, GenericFile<?> file) throws IOException {
    var path = Path.of(file.getAbsoluteFilePath());
    if (Files.size(path) > MllpCodec.MOST_BYTES) {
      var most = Integer.toString(MllpCodec.MOST_BYTES);
      return receive.refuseFile(
          sender,
          file.getFileNameOnly(),
          head(path),
          Objection.of(ErrorCode.REQUEST_TOO_LARGE, "", most));
    }
    return receive.receiveFile(sender, file.getFileNameOnly(), Files.readAllBytes(path));
  }

  private static byte[] head(Path path) throws IOException {
    try (var in = Files.newInputStream(path)) {
      return in.readNBytes(64 * 1024);
    }
  }

  private static String folder(Outcome outcome) {
    var done =
        outcome instanceof Outcome.Accepted
            || (outcome instanceof Outcome.Repeated repeated
                && repeated.state() == JournalState.ACCEPTED);
    return done ? ".done" : ".failed";
  }
}
