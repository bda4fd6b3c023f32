package io.yitong.hub.recognition.decision;

import java.time.Duration;
import java.util.Optional;

/** The collection time is known, past, and within the item's window. */
final class CollectionTimeRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    if (result.collected().isEmpty()) {
      return Optional.of(Objection.of(Reason.COLLECTION_TIME_UNKNOWN));
    }
    var collected = result.collected().get();
    if (collected.isAfter(circumstances.moment())) {
      return Optional.of(
          Objection.of(Reason.COLLECTED_IN_THE_FUTURE, RegionTime.minute(collected)));
    }
    var days = circumstances.item().windowDays();
    return collected.plus(Duration.ofDays(days)).isBefore(circumstances.moment())
        ? Optional.of(
            Objection.of(
                Reason.OUTSIDE_WINDOW, RegionTime.minute(collected), Integer.toString(days)))
        : Optional.empty();
  }
}
