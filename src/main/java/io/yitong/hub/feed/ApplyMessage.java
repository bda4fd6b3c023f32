package io.yitong.hub.feed;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.yitong.hub.feed.ReadMessage.Read;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Mapped;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings a journalled message to its end: applied, or kept with the reason. Earlier messages of the
 * same order key come first, whoever received them.
 */
@ApplicationScoped
class ApplyMessage {
  private static final Logger LOG = Logger.getLogger(ApplyMessage.class);
  private static final int ATTEMPTS = 5;

  private final Journal journal;
  private final ReadMessage reading;
  private final WriteMapped write;
  private final Senders senders;

  ApplyMessage(Journal journal, ReadMessage reading, WriteMapped write, Senders senders) {
    this.journal = journal;
    this.reading = reading;
    this.write = write;
    this.senders = senders;
  }

  /** Of one attempt. */
  sealed interface Attempt {
    record Done(Outcome outcome) implements Attempt {}

    /** An earlier message of the same key has to be applied first. */
    record Behind(MessageId earlier) implements Attempt {}
  }

  /**
   * @throws RuntimeException when the database cannot be reached; the message is as it was
   */
  Outcome apply(Sender sender, JournalEntry entry, Read read) {
    while (true) {
      var attempt = attempt(sender, entry, read);
      if (attempt instanceof Attempt.Done done) {
        return done.outcome();
      }
      var earlier = ((Attempt.Behind) attempt).earlier();
      var found = journal.find(earlier);
      if (found.isPresent() && !found.get().isAnswered()) {
        attempt(sender, found.get(), reread(sender, found.get()));
      }
    }
  }

  /** Takes up a message again: one that was left unfinished, or one from quarantine. */
  Optional<Outcome> again(MessageId id) {
    var entry = journal.find(id);
    var sender = entry.flatMap(found -> senders.of(found.sender()));
    if (sender.isEmpty()) {
      return Optional.empty();
    }
    var state = entry.get().state();
    if (state == JournalState.ACCEPTED || state == JournalState.REFUSED) {
      return Optional.of(entry.get().repeated());
    }
    return Optional.of(apply(sender.get(), entry.get(), reread(sender.get(), entry.get())));
  }

  private Outcome object(Sender sender, JournalEntry entry, Read read, Objection why) {
    return QuarkusTransaction.requiringNew().call(() -> write.object(sender, entry, read, why, ""));
  }

  private Read reread(Sender sender, JournalEntry entry) {
    var bytes = journal.bytes(entry.id());
    return entry.fileName().isPresent()
        ? reading.csv(sender, bytes, entry.digest().hex())
        : reading.hl7(sender, bytes);
  }

  private Attempt attempt(Sender sender, JournalEntry entry, Read read) {
    if (read instanceof Read.Unreadable unreadable) {
      return new Attempt.Done(object(sender, entry, read, unreadable.why()));
    }
    for (var attempt = 1; ; attempt++) {
      try {
        return mapAndWrite(sender, entry, read);
      } catch (HubException e) {
        return new Attempt.Done(object(sender, entry, read, Objection.of(e)));
      } catch (RuntimeException e) {
        var trouble = DatabaseTrouble.in(e);
        if (trouble == DatabaseTrouble.UNREACHABLE
            || (trouble == DatabaseTrouble.CONFLICT && attempt == ATTEMPTS)) {
          throw e;
        }
        if (trouble == DatabaseTrouble.NONE) {
          LOG.errorf(e, "message %s of %s not applied", entry.id(), entry.sender());
          var why = Objection.of(ErrorCode.INTERNAL, "", entry.correlation().value());
          return new Attempt.Done(object(sender, entry, read, why));
        }
      }
    }
  }

  private Attempt mapAndWrite(Sender sender, JournalEntry entry, Read read) {
    var successes = new ArrayList<Mapped.Success>();
    for (var mapped : reading.map(read, sender, entry.digest().messageUri())) {
      if (mapped instanceof Mapped.Refusal refusal) {
        return new Attempt.Done(object(sender, entry, read, Objection.of(refusal)));
      }
      successes.add((Mapped.Success) mapped);
    }
    return QuarkusTransaction.requiringNew()
        .call(() -> write.write(sender, entry, read, List.copyOf(successes)));
  }
}
