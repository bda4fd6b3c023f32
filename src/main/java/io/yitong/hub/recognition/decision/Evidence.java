package io.yitong.hub.recognition.decision;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.recognition.decision.InternalControl.State;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of the quality of laboratories, as it stood when this was put together. */
public final class Evidence {
  private record Key(InstitutionId laboratory, Loinc item) {}

  private final Map<Key, List<EqaRound>> rounds;
  private final Map<Key, List<InternalControl>> controls;

  public Evidence(Collection<EqaRound> rounds, Collection<InternalControl> controls) {
    this.rounds =
        rounds.stream()
            .sorted(Comparator.comparing(EqaRound::published).thenComparing(EqaRound::surveyed))
            .collect(Collectors.groupingBy(r -> new Key(r.laboratory(), r.item())));
    this.controls =
        controls.stream()
            .sorted(Comparator.comparing(InternalControl::since))
            .collect(Collectors.groupingBy(c -> new Key(c.laboratory(), c.item())));
  }

  public static Evidence none() {
    return new Evidence(List.of(), List.of());
  }

  /** The newest round published by {@code day}, whether passed or not, lapsed or not. */
  public Optional<EqaRound> standing(
      InstitutionId laboratory, Loinc item, String scope, LocalDate day) {
    var all = rounds.getOrDefault(new Key(laboratory, item), List.of());
    for (var i = all.size() - 1; i >= 0; i--) {
      var round = all.get(i);
      if (round.scope().equals(scope) && !round.published().isAfter(day)) {
        return Optional.of(round);
      }
    }
    return Optional.empty();
  }

  /** Whether the register holds a valid pass for that day. */
  public boolean passed(InstitutionId laboratory, Loinc item, String scope, LocalDate day) {
    return standing(laboratory, item, scope, day)
        .filter(round -> round.passed() && !round.validUntil().isBefore(day))
        .isPresent();
  }

  /** Codes of the scopes in which there is any round. */
  Set<String> scopesOf(InstitutionId laboratory, Loinc item) {
    return rounds.getOrDefault(new Key(laboratory, item), List.of()).stream()
        .map(EqaRound::scope)
        .collect(Collectors.toSet());
  }

  State internalControl(InstitutionId laboratory, Loinc item, Instant moment) {
    var all = controls.getOrDefault(new Key(laboratory, item), List.of());
    for (var i = all.size() - 1; i >= 0; i--) {
      if (!all.get(i).since().isAfter(moment)) {
        return all.get(i).state();
      }
    }
    return State.UNKNOWN;
  }
}
