package io.yitong.hub.feed;

import io.yitong.hub.fhir.ErrorCode;

/** What became of one message; decides what its sender is told. */
public sealed interface Outcome {
  Ack ack();

  /** Stored and applied. */
  record Accepted(MessageId id, int versionsWritten, Ack ack) implements Outcome {}

  /** The same bytes as {@code first}, which was answered for good: the same answer again. */
  record Repeated(MessageId first, JournalState state, Ack ack) implements Outcome {}

  /** Kept whole but not applied; an operator corrects and replays it. */
  record Quarantined(MessageId id, ErrorCode code, String where, Ack ack) implements Outcome {}

  /** Not ours to take; on record with its reason. */
  record Refused(MessageId id, ErrorCode code, String where, Ack ack) implements Outcome {}

  /** Not taken now: nothing to do with its content. The sender keeps it and tries again. */
  record Busy(ErrorCode code, Ack ack) implements Outcome {}
}
