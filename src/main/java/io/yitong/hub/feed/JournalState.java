package io.yitong.hub.feed;

import java.util.Locale;

/** Where a message of the journal stands. */
public enum JournalState {
  /** Its bytes are safe; it was not answered yet. */
  RECEIVED,
  /** Stored and applied. */
  ACCEPTED,
  /** Kept whole but not applied; an operator corrects and replays it. */
  QUARANTINED,
  /** Not ours to take. */
  REFUSED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static JournalState of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
