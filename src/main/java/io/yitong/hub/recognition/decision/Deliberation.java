package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.OrderVerdict.MayBeWithdrawn;
import io.yitong.hub.recognition.decision.OrderVerdict.NotInCatalogue;
import io.yitong.hub.recognition.decision.OrderVerdict.Stands;
import io.yitong.hub.recognition.decision.Verdict.LeftToDoctor;
import io.yitong.hub.recognition.decision.Verdict.NoneFound;
import io.yitong.hub.recognition.decision.Verdict.NotRecommended;
import io.yitong.hub.recognition.decision.Verdict.Recommended;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One decision under way: each analyte is judged once, however many lines order it.
 *
 * @param results of each item, newest first
 */
record Deliberation(
    Order order,
    Map<Loinc, List<Candidate>> results,
    Evidence evidence,
    Catalogue catalogue,
    Comparables comparables,
    Instant moment,
    Map<Loinc, Verdict> judged) {

  /** In the order in which a doctor would want to hear them. */
  private static final List<Rule> RULES =
      List.of(
          new NotShowOnlyRule(),
          new FinalReportRule(),
          new CollectionTimeRule(),
          new ReliabilityRule(),
          new SpecimenRule(),
          new QualityEvidenceRule(),
          new InternalControlRule(),
          new ComparableValueRule(),
          new NewerResultRule());

  Deliberation(
      Order order,
      Map<Loinc, List<Candidate>> results,
      Evidence evidence,
      Catalogue catalogue,
      Comparables comparables,
      Instant moment) {
    this(order, results, evidence, catalogue, comparables, moment, new HashMap<>());
  }

  OrderVerdict of(Order.Line line) {
    var ordered = catalogue.ordered(line);
    return ordered.isPresent() ? of(line, ordered.get()) : new NotInCatalogue(line);
  }

  private OrderVerdict of(Order.Line line, ChargeItem ordered) {
    var analytes = ordered.analytes().stream().map(this::of).toList();
    return covered(ordered.required())
        ? new MayBeWithdrawn(line, ordered, analytes, ordered.price())
        : new Stands(line, ordered, analytes);
  }

  private boolean covered(Collection<Loinc> required) {
    return required.stream().map(this::of).allMatch(Verdict::covers);
  }

  private Verdict of(Loinc loinc) {
    return judged.computeIfAbsent(loinc, unseen -> judge(catalogue.item(unseen).orElseThrow()));
  }

  /**
   * The newest result nothing speaks against. Where there is none, the one that only a newer result
   * keeps back, else what speaks against the newest.
   */
  private Verdict judge(Item item) {
    var candidates = results.getOrDefault(item.loinc(), List.of());
    if (item.sensitive() || candidates.isEmpty()) {
      return new NoneFound(item);
    }
    var circumstances =
        new Circumstances(item, order, candidates, evidence, catalogue, comparables, moment);
    NotRecommended said = null;
    for (var candidate : candidates) {
      var objection = objection(candidate, circumstances);
      if (objection.isEmpty()) {
        return favourable(candidate, circumstances);
      }
      if (said == null || (keptBack(objection.get()) && !keptBack(said.objection()))) {
        said = new NotRecommended(item, candidate, objection.get());
      }
    }
    return said;
  }

  private static boolean keptBack(Objection objection) {
    return objection.reason() == Reason.NEWER_RESULT_DISAGREES
        || objection.reason() == Reason.NEWER_RESULT_NOT_COMPARABLE;
  }

  private static Optional<Objection> objection(Candidate result, Circumstances circumstances) {
    return RULES.stream()
        .flatMap(rule -> rule.objection(result, circumstances).stream())
        .findFirst();
  }

  private Verdict favourable(Candidate result, Circumstances circumstances) {
    var item = circumstances.item();
    if (!(QualityStanding.of(result, circumstances) instanceof QualityStanding.Held held)) {
      throw new IllegalStateException("no objection to " + result.source() + ", yet no evidence");
    }
    var guard = item.guard().filter(g -> !g.shownMet(order, result));
    if (guard.isPresent()) {
      return new LeftToDoctor(item, result, held.laboratory(), held.scope(), guard.get());
    }
    var windowEnd = result.collected().orElseThrow().plus(Duration.ofDays(item.windowDays()));
    var evidenceEnd = RegionTime.endOf(held.validUntil());
    return new Recommended(
        item,
        result,
        held.laboratory(),
        held.scope(),
        windowEnd.isBefore(evidenceEnd) ? windowEnd : evidenceEnd,
        comparables.of(result.value(), item).orElseThrow());
  }
}
