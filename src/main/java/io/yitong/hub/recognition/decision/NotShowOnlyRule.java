package io.yitong.hub.recognition.decision;

import java.util.Optional;

/** Items with a window of 0 days are shown to the doctor, never recommended. */
final class NotShowOnlyRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    return circumstances.item().windowDays() == 0
        ? Optional.of(Objection.of(Reason.SHOW_ONLY))
        : Optional.empty();
  }
}
