package io.yitong.hub.recognition.decision;

import java.util.Optional;

/** Internal control was in control when the result was released; not knowing is not enough. */
final class InternalControlRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    var released = result.released().or(result::collected);
    if (result.laboratory().isEmpty() || released.isEmpty()) {
      return Optional.of(Objection.of(Reason.CONTROL_UNKNOWN));
    }
    var state =
        circumstances
            .evidence()
            .internalControl(result.laboratory().get().id(), result.item(), released.get());
    return switch (state) {
      case IN_CONTROL -> Optional.empty();
      case OUT_OF_CONTROL -> Optional.of(Objection.of(Reason.CONTROL_OUT));
      case UNKNOWN -> Optional.of(Objection.of(Reason.CONTROL_UNKNOWN));
    };
  }
}
