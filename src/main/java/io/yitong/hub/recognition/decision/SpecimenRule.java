package io.yitong.hub.recognition.decision;

import java.util.Optional;

/** A stated specimen is one the item is measured in. */
final class SpecimenRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    return result
        .specimen()
        .filter(specimen -> !circumstances.item().specimens().contains(specimen))
        .map(specimen -> Objection.of(Reason.SPECIMEN_DIFFERS));
  }
}
