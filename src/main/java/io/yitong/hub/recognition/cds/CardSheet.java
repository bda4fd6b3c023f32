package io.yitong.hub.recognition.cds;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.recognition.books.CardId;
import io.yitong.hub.recognition.books.Shown;
import io.yitong.hub.recognition.cds.AdmitQuestion.Admitted;
import io.yitong.hub.recognition.decision.Decision;
import io.yitong.hub.recognition.decision.OrderVerdict.MayBeWithdrawn;
import io.yitong.hub.recognition.decision.OrderVerdict.NotInCatalogue;
import io.yitong.hub.recognition.decision.OrderVerdict.Stands;
import io.yitong.hub.recognition.decision.Price;
import io.yitong.hub.recognition.decision.RegionTime;
import io.yitong.hub.recognition.decision.Verdict;
import io.yitong.hub.recognition.decision.Verdict.Recommended;
import io.yitong.hub.recognition.results.Silence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cards of one answer, and beside each what the books say of it. */
final class CardSheet {
  private static final Price NOTHING = new Price(BigDecimal.ZERO, false);

  private final ComposeCards compose;
  private final HookRequest request;
  private final Admitted admitted;
  private final Caller caller;
  private final Decision decision;
  private final List<Silence> silences;
  private final List<Card> cards = new ArrayList<>();
  private final List<Shown> shown = new ArrayList<>();

  CardSheet(
      ComposeCards compose,
      HookRequest request,
      Admitted admitted,
      Caller caller,
      Decision decision,
      List<Silence> silences) {
    this.compose = compose;
    this.request = request;
    this.admitted = admitted;
    this.caller = caller;
    this.decision = decision;
    this.silences = silences;
  }

  List<Card> cards() {
    return cards;
  }

  List<Shown> shown() {
    return shown;
  }

  /** One card for each ordered line there is something to say about. */
  void addLines() {
    for (var i = 0; i < decision.lines().size(); i++) {
      var verdict = decision.lines().get(i);
      var draft = request.drafts().get(i).resource().toString();
      if (verdict instanceof MayBeWithdrawn withdrawn) {
        add(withdrawn, draft);
      } else if (verdict instanceof Stands stands) {
        add(stands);
      }
    }
    var listed = decision.lines().stream().anyMatch(line -> !(line instanceof NotInCatalogue));
    if (cards.isEmpty() && listed && !silences.isEmpty()) {
      var id = CardId.random();
      cards.add(compose.unheard(id, silences));
      shown.add(viewed(id, "partner-silent", List.of()));
    }
  }

  /** One card for all that counts; none when nothing does. */
  void addHeld() {
    var recommended =
        decision.lines().stream()
            .filter(MayBeWithdrawn.class::isInstance)
            .flatMap(line -> ((MayBeWithdrawn) line).analytes().stream())
            .toList();
    if (!recommended.isEmpty()) {
      var id = CardId.random();
      cards.add(compose.held(id, recommended, silences));
      shown.add(viewed(id, Service.PATIENT_VIEW.hook(), recommended));
    }
  }

  private void add(MayBeWithdrawn verdict, String draft) {
    var id = CardId.random();
    cards.add(compose.recommended(id, verdict, silences));
    shown.add(
        entry(
            id,
            true,
            verdict.ordered().code(),
            verdict.saving(),
            Optional.of(draft),
            verdict.analytes()));
  }

  private void add(Stands verdict) {
    var id = CardId.random();
    compose
        .notRecommended(id, verdict, silences)
        .ifPresent(
            card -> {
              cards.add(card);
              shown.add(viewed(id, verdict.ordered().code(), verdict.analytes()));
            });
  }

  private Shown viewed(CardId id, String item, List<Verdict> verdicts) {
    return entry(id, false, item, NOTHING, Optional.empty(), verdicts);
  }

  private Shown entry(
      CardId id,
      boolean eligible,
      String item,
      Price price,
      Optional<String> draft,
      List<Verdict> verdicts) {
    return new Shown(
        id,
        eligible,
        admitted.institution(),
        caller.client(),
        request.patientId(),
        admitted.person().person(),
        visit(),
        item,
        decision.catalogueVersion(),
        price,
        draft,
        sources(verdicts));
  }

  /** Where no encounter is named, a patient's day at the institution is the visit. */
  private String visit() {
    return request
        .encounterId()
        .map(id -> "Encounter/" + id)
        .orElseGet(() -> admitted.institution().name() + "/" + RegionTime.day(decision.moment()));
  }

  private static List<String> sources(List<Verdict> verdicts) {
    return verdicts.stream()
        .filter(Recommended.class::isInstance)
        .map(verdict -> ((Recommended) verdict).result().source().reference())
        .distinct()
        .toList();
  }
}
