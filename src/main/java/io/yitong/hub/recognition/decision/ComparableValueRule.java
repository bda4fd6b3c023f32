package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.ResultValue.Absent;
import io.yitong.hub.recognition.decision.ResultValue.Measured;
import java.util.Optional;

/** There is a value, and it can be given in the unit the ordering laboratory would use. */
final class ComparableValueRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    if (result.value() instanceof Absent) {
      return Optional.of(Objection.of(Reason.VALUE_MISSING));
    }
    if (circumstances.comparables().of(result.value(), circumstances.item()).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Objection.of(
            Reason.UNIT_NOT_CONVERTIBLE,
            result.value() instanceof Measured measured && !measured.written().isEmpty()
                ? measured.written()
                : "—",
            circumstances.item().unit().orElse("")));
  }
}
