package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.Candidate.Status;
import io.yitong.hub.recognition.decision.ReferenceRange.Side;
import io.yitong.hub.recognition.decision.ResultValue.Absent;
import io.yitong.hub.recognition.decision.ResultValue.Measured;
import java.util.Comparator;
import java.util.Optional;

/**
 * No newer result of the item speaks against it, be that one unmarked, preliminary or critical.
 * They disagree when they lie further apart than the item's tolerance (disagreement-limits.csv) or
 * on different sides of their reference limits. Two results of the same instant are each other's
 * newer one.
 */
final class NewerResultRule implements Rule {
  @Override
  public Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    return circumstances.results().stream()
        .filter(other -> newer(other, result))
        .filter(other -> other.status() != Status.VOID && !(other.value() instanceof Absent))
        .filter(other -> ofTheItem(other, circumstances.item()))
        .sorted(Comparator.comparing((Candidate c) -> c.when().orElseThrow()).reversed())
        .flatMap(other -> against(result, other, circumstances).stream())
        .findFirst();
  }

  private static boolean newer(Candidate other, Candidate result) {
    return !other.source().equals(result.source())
        && other.when().isPresent()
        && result.when().isPresent()
        && !other.when().get().isBefore(result.when().get());
  }

  /** A result of another specimen is of another item and says nothing about this one. */
  private static boolean ofTheItem(Candidate other, Item item) {
    return other.specimen().isEmpty() || item.specimens().contains(other.specimen().get());
  }

  private static Optional<Objection> against(
      Candidate result, Candidate newer, Circumstances circumstances) {
    var item = circumstances.item();
    var earlier = circumstances.comparables().of(result.value(), item);
    var later = circumstances.comparables().of(newer.value(), item);
    if (earlier.isEmpty() || later.isEmpty()) {
      return Optional.of(about(Reason.NEWER_RESULT_NOT_COMPARABLE, newer));
    }
    return agree(earlier.get(), later.get(), item) && !crossed(result, newer)
        ? Optional.empty()
        : Optional.of(about(Reason.NEWER_RESULT_DISAGREES, newer));
  }

  private static boolean agree(ResultValue earlier, ResultValue later, Item item) {
    if (earlier instanceof Measured first && later instanceof Measured second) {
      return item.tolerance().holds(first.number(), second.number());
    }
    return earlier.equals(later);
  }

  private static boolean crossed(Candidate result, Candidate newer) {
    var before = side(result);
    var after = side(newer);
    return before.isPresent() && after.isPresent() && before.get() != after.get();
  }

  private static Optional<Side> side(Candidate result) {
    return result.value() instanceof Measured measured
        ? result.range().flatMap(range -> range.sideOf(measured.number()))
        : Optional.empty();
  }

  private static Objection about(Reason reason, Candidate newer) {
    return Objection.of(
        reason, RegionTime.minute(newer.when().orElseThrow()), newer.value().shown());
  }
}
