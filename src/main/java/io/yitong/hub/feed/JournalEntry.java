package io.yitong.hub.feed;

import io.yitong.hub.fhir.CorrelationId;
import java.time.Instant;
import java.util.Optional;

/** One message of the journal, without its bytes. */
record JournalEntry(
    MessageId id,
    String sender,
    String orderKey,
    Digest digest,
    CorrelationId correlation,
    JournalState state,
    Ack ack,
    Optional<String> fileName,
    Instant receivedAt) {

  boolean isAnswered() {
    return state != JournalState.RECEIVED;
  }

  Outcome repeated() {
    return new Outcome.Repeated(id, state, ack);
  }
}
