package io.yitong.hub.feed;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the journal keeps of a message's end. */
record Conclusion(
    JournalState state,
    Ack ack,
    Optional<Objection> why,
    String patientNumber,
    int versionsWritten,
    List<String> unmapped,
    Optional<Instant> asOf) {

  static Conclusion objection(JournalState state, Ack ack, Objection why, String patientNumber) {
    return new Conclusion(
        state, ack, Optional.of(why), patientNumber, 0, List.of(), Optional.empty());
  }
}
