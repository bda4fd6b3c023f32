package io.yitong.hub.recognition.decision;

import static io.yitong.hub.recognition.decision.Cases.AT;
import static io.yitong.hub.recognition.decision.Cases.CATALOGUE;
import static io.yitong.hub.recognition.decision.Cases.DECIDE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever the results are. */
class DecisionLawsTest {
  private static final String GOOD = "chuanyu passed until 2026-12-31";

  @Property(tries = 300)
  void the_order_in_which_results_are_found_does_not_matter(
      @ForAll("results") List<Candidate> results, @ForAll Random random) {
    var shuffled = new ArrayList<>(results);
    Collections.shuffle(shuffled, random);

    assertThat(verdict(shuffled)).isEqualTo(verdict(results));
  }

  @Property(tries = 300)
  void a_later_result_that_agrees_never_makes_a_verdict_worse(
      @ForAll("results") List<Candidate> results) {
    var before = verdict(results);
    var last = results.get(results.size() - 1);
    var later = again(last, "Observation/later", AT.minus(Duration.ofMinutes(1)));
    var more = new ArrayList<>(results);
    more.add(later);

    if (before instanceof Verdict.Recommended recommended
        && recommended.result().value().equals(later.value())) {
      assertThat(verdict(more)).isInstanceOf(Verdict.Recommended.class);
    }
  }

  @Property(tries = 300)
  void what_is_recommended_was_final_named_and_collected_in_its_window(
      @ForAll("results") List<Candidate> results) {
    if (verdict(results) instanceof Verdict.Recommended recommended) {
      var result = recommended.result();
      assertThat(result.status()).isEqualTo(Candidate.Status.FINAL);
      assertThat(result.laboratory()).isPresent();
      assertThat(result.collected().orElseThrow())
          .isBetween(AT.minus(Duration.ofDays(recommended.item().windowDays())), AT);
      assertThat(recommended.validUntil()).isAfterOrEqualTo(AT);
    }
  }

  @Provide
  Arbitrary<List<Candidate>> results() {
    var value = Arbitraries.integers().between(20, 60);
    var hours = Arbitraries.integers().between(0, 24 * 40);
    var state = Arbitraries.of("", " preliminary", " void", " critical");
    var laboratory = Arbitraries.of("linshui", "township", "-");
    return Combinators.combine(value, hours, state, laboratory)
        .as(
            (v, h, s, l) ->
                Cases.results("ALT " + v + " U/L " + l + " " + local(h) + " range=7..40" + s)
                    .get(0))
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(DecisionLawsTest::numbered);
  }

  private static String local(int hoursAgo) {
    return AT.minus(Duration.ofHours(hoursAgo))
        .atZone(RegionTime.ZONE)
        .toLocalDateTime()
        .toString();
  }

  private static List<Candidate> numbered(List<Candidate> results) {
    var numbered = new ArrayList<Candidate>();
    for (var result : results) {
      numbered.add(
          again(result, "Observation/" + numbered.size(), result.collected().orElseThrow()));
    }
    return numbered;
  }

  private static Candidate again(Candidate result, String reference, Instant collected) {
    return new Candidate(
        new Candidate.Source(reference, result.source().agreementScope()),
        result.item(),
        result.value(),
        result.range(),
        result.status(),
        Optional.of(collected),
        result.released(),
        result.laboratory(),
        result.specimen(),
        result.flags());
  }

  private static Verdict verdict(List<Candidate> results) {
    var decision =
        DECIDE.decide(
            Cases.order("ALT", null), results, Cases.evidence(GOOD, "in control"), CATALOGUE, AT);
    return decision.lines().get(0) instanceof OrderVerdict.MayBeWithdrawn withdrawn
        ? withdrawn.analytes().get(0)
        : ((OrderVerdict.Stands) decision.lines().get(0)).analytes().get(0);
  }
}
