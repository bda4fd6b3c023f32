package io.yitong.hub.recognition.quality;

import io.yitong.hub.recognition.decision.EqaRound;
import io.yitong.hub.recognition.decision.InternalControl;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Takes in what the quality-control body published. What says the same as before changes nothing;
 * what says otherwise closes the row before, which stays.
 */
@ApplicationScoped
class TakeInQualityEvidence {
  private final EntityManager entities;
  private final Clock clock;

  TakeInQualityEvidence(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** How many rows were new, replaced an earlier one, or said nothing new. */
  public record Taken(int added, int replaced, int unchanged) {}

  @Transactional
  Taken rounds(Collection<EqaRound> rounds, String by) {
    var at = oneUploadAtATime();
    List<EqaRow> current =
        EqaRow.list(QualityRow.CURRENT_OF, laboratories(rounds, r -> r.laboratory().urn()));
    return replace(current, rounds, EqaRow.Key::of, EqaRow::of, by, at);
  }

  @Transactional
  Taken controls(Collection<InternalControl> controls, String by) {
    var at = oneUploadAtATime();
    List<ControlRow> current =
        ControlRow.list(QualityRow.CURRENT_OF, laboratories(controls, c -> c.laboratory().urn()));
    return replace(current, controls, ControlRow.Key::of, ControlRow::of, by, at);
  }

  private <F, R extends QualityRow<F>> Taken replace(
      List<R> current,
      Collection<F> facts,
      Function<F, ?> key,
      Function<F, R> row,
      String by,
      Instant at) {
    var before =
        current.stream().collect(Collectors.toMap(r -> key.apply(r.fact()), Function.identity()));
    var news =
        facts.stream()
            .filter(
                fact ->
                    !before.containsKey(key.apply(fact))
                        || !before.get(key.apply(fact)).fact().equals(fact))
            .toList();
    var closed = news.stream().map(key).map(before::get).filter(Objects::nonNull).toList();
    closed.forEach(earlier -> earlier.supersededAt = at);
    // Closed first, or the unique index would see two current rows.
    entities.flush();
    for (var fact : news) {
      var added = row.apply(fact);
      added.recordedBy = by;
      added.recordedAt = at;
      added.persist();
    }
    return new Taken(news.size() - closed.size(), closed.size(), facts.size() - news.size());
  }

  /**
   * Holds the version's row until commit, and tells other processes that there is something new.
   */
  private Instant oneUploadAtATime() {
    entities.createNativeQuery("update quality_version set version = version + 1").executeUpdate();
    return clock.instant();
  }

  private static <T> List<String> laboratories(
      Collection<T> facts, Function<T, String> laboratory) {
    return facts.stream().map(laboratory).distinct().toList();
  }
}
