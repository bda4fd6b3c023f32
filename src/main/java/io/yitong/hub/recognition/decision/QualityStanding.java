package io.yitong.hub.recognition.decision;

import io.yitong.hub.recognition.decision.Candidate.Flag;
import io.yitong.hub.recognition.decision.Candidate.Laboratory;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the performing laboratory stood with the quality-control body for one result. The pass must
 * have been valid when the specimen was collected and be valid now: a laboratory that fails or lets
 * a round lapse stops being recommended from that day. The narrowest scope that both institutions
 * share and in which there is a round decides.
 */
sealed interface QualityStanding {
  record Held(Laboratory laboratory, Scope scope, LocalDate validUntil)
      implements QualityStanding {}

  record Objected(Objection objection) implements QualityStanding {}

  static QualityStanding of(Candidate result, Circumstances circumstances) {
    if (result.laboratory().isEmpty() || result.collected().isEmpty()) {
      return new Objected(Objection.of(Reason.LABORATORY_UNKNOWN));
    }
    var laboratory = result.laboratory().get();
    var collected = RegionTime.day(result.collected().get());
    var today = circumstances.today();
    Optional<Objection> lapsed = Optional.empty();
    for (var scope : circumstances.scopesSharedWith(result)) {
      var then =
          circumstances
              .evidence()
              .standing(laboratory.id(), result.item(), scope.code(), collected);
      var now =
          circumstances.evidence().standing(laboratory.id(), result.item(), scope.code(), today);
      var failed =
          Stream.of(then, now).flatMap(Optional::stream).filter(r -> !r.passed()).findFirst();
      if (failed.isPresent()) {
        return new Objected(Objection.of(Reason.EQA_FAILED, failed.get().published().toString()));
      }
      if (then.isEmpty()) {
        continue;
      }
      if (then.get().validUntil().isBefore(collected)) {
        lapsed = lapsed.or(() -> Optional.of(lapsed(then.get())));
      } else if (now.orElseThrow().validUntil().isBefore(today)) {
        lapsed = lapsed.or(() -> Optional.of(lapsed(now.orElseThrow())));
      } else {
        return new Held(laboratory, scope, now.orElseThrow().validUntil());
      }
    }
    return new Objected(lapsed.orElseGet(() -> missing(result, laboratory, circumstances)));
  }

  private static Objection lapsed(EqaRound round) {
    return Objection.of(Reason.EQA_LAPSED, round.validUntil().toString());
  }

  private static Objection missing(
      Candidate result, Laboratory laboratory, Circumstances circumstances) {
    var shared = circumstances.scopesSharedWith(result);
    var elsewhere =
        circumstances.evidence().scopesOf(laboratory.id(), result.item()).stream()
            .anyMatch(code -> shared.stream().noneMatch(scope -> scope.code().equals(code)));
    if (elsewhere) {
      return Objection.of(Reason.SCOPE_NOT_SHARED);
    }
    return Objection.of(
        result.is(Flag.MARK_CLAIMED) ? Reason.MARK_NOT_REGISTERED : Reason.EQA_MISSING);
  }
}
