package io.yitong.hub.feed;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.feed.ReadMessage.Read;
import io.yitong.hub.fhir.ErrorCode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/** Takes one framed message from a sender: journals it, applies it, says what became of it. */
@ApplicationScoped
public class ReceiveMessage {
  private static final Logger LOG = Logger.getLogger(ReceiveMessage.class);

  private final Journal journal;
  private final ReadMessage reading;
  private final WriteMapped write;
  private final ApplyMessage apply;
  private final ApplyWaiting waiting;
  private final FeedMeters meters;
  private final Clock clock;
  private final Map<SenderId, Semaphore> inFlight = new ConcurrentHashMap<>();

  ReceiveMessage(
      Journal journal,
      ReadMessage reading,
      WriteMapped write,
      ApplyMessage apply,
      ApplyWaiting waiting,
      FeedMeters meters,
      Clock clock) {
    this.journal = journal;
    this.reading = reading;
    this.write = write;
    this.apply = apply;
    this.waiting = waiting;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * @param bytes one message as it stood between the MLLP frame characters, undecoded
   * @return never an exception for what a sender can cause
   */
  public Outcome receive(Sender sender, byte[] bytes) {
    return take(sender, reading.hl7(sender, bytes), Optional.empty(), bytes);
  }

  /** A whole file is one message. */
  Outcome receiveFile(Sender sender, String fileName, byte[] bytes) {
    var read = reading.csv(sender, bytes, Digest.of(bytes).hex());
    return take(sender, read, Optional.of(fileName), bytes);
  }

  /** Bytes that never became a whole message: on record, with the reason, and not applied. */
  Outcome refuse(Sender sender, byte[] bytes, Objection why) {
    var envelope = reading.hl7(sender, bytes).envelope();
    return take(sender, new Read.Unreadable(envelope, why), Optional.empty(), bytes);
  }

  Outcome refuseFile(Sender sender, String fileName, byte[] bytes, Objection why) {
    var envelope = reading.csv(sender, bytes, Digest.of(bytes).hex()).envelope();
    return take(sender, new Read.Unreadable(envelope, why), Optional.of(fileName), bytes);
  }

  private Outcome take(Sender sender, Read read, Optional<String> fileName, byte[] bytes) {
    var slots =
        inFlight.computeIfAbsent(sender.id(), id -> new Semaphore(sender.maxInFlight(), true));
    var began = clock.instant();
    if (!slots.tryAcquire()) {
      return meters.count(sender, busy(sender, read, ErrorCode.BUSY), began);
    }
    try {
      return meters.count(sender, journalAndApply(sender, read, fileName, bytes), began);
    } catch (RuntimeException e) {
      LOG.warnf(e, "message of %s not taken", sender.id());
      return meters.count(sender, busy(sender, read, ErrorCode.DATABASE_UNREACHABLE), began);
    } finally {
      slots.release();
    }
  }

  private Outcome journalAndApply(
      Sender sender, Read read, Optional<String> fileName, byte[] bytes) {
    var entered = enter(sender, read, fileName, bytes);
    if (entered.ended().isPresent()) {
      return entered.ended().get();
    }
    var outcome = apply.apply(sender, entered.entry(), read);
    if (outcome instanceof Outcome.Accepted) {
      waiting.applyAfter(sender, entered.entry().id());
    }
    return outcome;
  }

  /** On record; what cannot be applied ends here, so that no restart takes it for unfinished. */
  private record Entered(JournalEntry entry, Optional<Outcome> ended) {}

  private Entered enter(Sender sender, Read read, Optional<String> fileName, byte[] bytes) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              var entry = journal.enter(sender, read.envelope(), fileName, bytes);
              if (entry.isAnswered()) {
                return new Entered(entry, Optional.of(entry.repeated()));
              }
              var ended =
                  objection(read, entry).map(why -> write.object(sender, entry, read, why, ""));
              return new Entered(entry, ended);
            });
  }

  private Optional<Objection> objection(Read read, JournalEntry entry) {
    if (read instanceof Read.Unreadable unreadable) {
      return Optional.of(unreadable.why());
    }
    var envelope = read.envelope();
    return journal.isControlIdReused(entry, envelope)
        ? Optional.of(
            Objection.of(ErrorCode.MESSAGE_CONTROL_ID_REUSED, "MSH-10", envelope.controlId()))
        : Optional.empty();
  }

  private Outcome busy(Sender sender, Read read, ErrorCode code) {
    var envelope = read.envelope();
    var ack =
        new WriteAck(envelope.header(), envelope.answerIn(), sender.dialect().zone())
            .write(
                Answer.to(Objection.of(code, "")),
                "YTB" + Long.toString(clock.millis(), 36),
                clock.instant());
    return new Outcome.Busy(code, ack);
  }
}
