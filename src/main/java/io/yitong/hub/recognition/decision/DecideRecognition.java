package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.Candidate.Status;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/**
 * Decides which ordered examinations already have a result that counts. Pure: the same inputs give
 * the same decision, for ever.
 */
public final class DecideRecognition {
  /** Newest first, what has no time last; ties by where it is kept, so that the order is fixed. */
  private static final Comparator<Candidate> NEWEST_FIRST =
      Comparator.comparing((Candidate result) -> result.when().orElse(Instant.MIN))
          .reversed()
          .thenComparing(result -> result.source().reference());

  private final UnitConversion conversion;

  public DecideRecognition(UnitConversion conversion) {
    this.conversion = conversion;
  }

  /**
   * @param candidates results of the patient, of whatever items
   * @param moment when the order is written
   */
  public Decision decide(
      Order order,
      Collection<Candidate> candidates,
      Evidence evidence,
      Catalogue catalogue,
      Instant moment) {
    var results =
        candidates.stream()
            .filter(result -> result.status() != Status.VOID)
            .sorted(NEWEST_FIRST)
            .collect(Collectors.groupingBy(Candidate::item));
    var comparables = new Comparables(catalogue.formulas(), conversion);
    var deliberation = new Deliberation(order, results, evidence, catalogue, comparables, moment);
    return new Decision(
        catalogue.version(), moment, order.lines().stream().map(deliberation::of).toList());
  }
}
