package io.yitong.hub.feed;

import io.yitong.hub.fhir.ErrorCode;
import java.util.Optional;

/**
 * The one table from a condition to what the sender is told (MSA-1, HL7 table 0008) and where the
 * message stands in the journal. The ERR segment follows from the {@link ErrorCode}.
 *
 * @param msa1 AA; AE for an error in the content; AR for what has nothing to do with it
 * @param state empty when the answer is not final: the message stays as it is, and the sender tries
 *     again
 */
record Answer(String msa1, Optional<JournalState> state, Optional<Objection> why) {
  static Answer accepted() {
    return new Answer("AA", Optional.of(JournalState.ACCEPTED), Optional.empty());
  }

  static Answer to(Objection why) {
    return new Answer(why.code().acknowledgement(), state(why.code()), Optional.of(why));
  }

  /** Whether the answer may be another when the same message is sent again. */
  boolean isFinal() {
    return state.isPresent();
  }

  private static Optional<JournalState> state(ErrorCode code) {
    if (code == ErrorCode.DATABASE_UNREACHABLE || code == ErrorCode.BUSY) {
      return Optional.empty();
    }
    return Optional.of(
        code.acknowledgement().equals("AR") ? JournalState.REFUSED : JournalState.QUARANTINED);
  }
}
