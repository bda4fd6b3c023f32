package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.Candidate.Status;
import java.util.Optional;

/** Only what the laboratory has given out for good counts. */
final class FinalReportRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    return result.status() == Status.FINAL
        ? Optional.empty()
        : Optional.of(Objection.of(Reason.NOT_FINAL));
  }
}
