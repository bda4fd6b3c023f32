package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.Candidate.Flag;
import java.util.Optional;

/** Results of unfit specimens, of bedside devices, and critical values are measured again. */
final class ReliabilityRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    if (result.is(Flag.UNRELIABLE)) {
      return Optional.of(Objection.of(Reason.UNRELIABLE));
    }
    if (result.is(Flag.POINT_OF_CARE)) {
      return Optional.of(Objection.of(Reason.POINT_OF_CARE));
    }
    return result.is(Flag.CRITICAL)
        ? Optional.of(Objection.of(Reason.CRITICAL_VALUE))
        : Optional.empty();
  }
}
