package io.yitong.hub.recognition.cds;

import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.recognition.books.CardId;
import io.yitong.hub.recognition.cds.Card.Action;
import io.yitong.hub.recognition.cds.Card.Coding;
import io.yitong.hub.recognition.cds.Card.Link;
import io.yitong.hub.recognition.cds.Card.Origin;
import io.yitong.hub.recognition.cds.Card.Suggestion;
import io.yitong.hub.recognition.decision.Candidate;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.OrderVerdict.MayBeWithdrawn;
import io.yitong.hub.recognition.decision.OrderVerdict.Stands;
import io.yitong.hub.recognition.decision.Verdict;
import io.yitong.hub.recognition.decision.Verdict.LeftToDoctor;
import io.yitong.hub.recognition.decision.Verdict.NoneFound;
import io.yitong.hub.recognition.decision.Verdict.NotRecommended;
import io.yitong.hub.recognition.decision.Verdict.Recommended;
import io.yitong.hub.recognition.results.Silence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts verdicts into words: Chinese for the doctor, an English line beneath. */
final class ComposeCards {
  static final String GROUNDS = NamingSystems.BASE + "CodeSystem/repeat-ground";

  private final Catalogue catalogue;
  private final Origin origin;
  private final String fhirBase;

  ComposeCards(Catalogue catalogue, String baseUrl) {
    this.catalogue = catalogue;
    this.origin = new Origin("医通 检查检验结果互认 Yitong mutual recognition", baseUrl);
    this.fhirBase = baseUrl + "/fhir/";
  }

  /** The order may be withdrawn. */
  Card recommended(CardId id, MayBeWithdrawn verdict, List<Silence> silences) {
    var ordered = verdict.ordered();
    var summary =
        "%s：推荐互认已有结果（%s），可节省 %s"
            .formatted(ordered.chinese(), marks(verdict.analytes()), verdict.saving().chinese());
    var detail =
        "**推荐互认** 来自：%s。有效期内可直接采用，可节省 %s。是否采用由医师决定。\n\n%s\n%s%s\n"
            .formatted(
                laboratories(verdict.analytes()),
                verdict.saving().chinese(),
                VerdictTable.of(verdict.analytes()),
                silent(silences),
                "Recommended for recognition: %s. Saves %s. Catalogue %s."
                    .formatted(ordered.english(), verdict.saving().english(), catalogue.version()));
    return new Card(
        id.toString(),
        cut(summary),
        "info",
        detail,
        origin,
        List.of(withdraw(id, verdict)),
        "at-most-one",
        grounds(),
        links(verdict.analytes()));
  }

  /** The order stands, but something is known; empty when nothing is. */
  Optional<Card> notRecommended(CardId id, Stands verdict, List<Silence> silences) {
    var known = verdict.analytes().stream().filter(v -> !(v instanceof NoneFound)).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    var ordered = verdict.ordered();
    var detail =
        "**本次医嘱不推荐撤回** %s\n\n%s\n%sNot recommended: %s. Catalogue %s.\n"
            .formatted(
                whyChinese(verdict),
                VerdictTable.of(verdict.analytes()),
                silent(silences),
                whyEnglish(verdict),
                catalogue.version());
    return Optional.of(
        new Card(
            id.toString(),
            cut(ordered.chinese() + "：已有结果，不推荐互认——" + whyChinese(verdict)),
            "info",
            detail,
            origin,
            List.of(),
            null,
            List.of(),
            links(known)));
  }

  /** What counts, without an order. */
  Card held(CardId id, List<Verdict> recommended, List<Silence> silences) {
    return new Card(
        id.toString(),
        cut("该患者有 %d 项可互认结果（%s）".formatted(recommended.size(), marks(recommended))),
        "info",
        "**可互认结果** 来自：%s\n\n%s\n%sResults of this patient that count here.\n"
            .formatted(laboratories(recommended), VerdictTable.of(recommended), silent(silences)),
        origin,
        List.of(),
        null,
        List.of(),
        links(recommended));
  }

  /** Nothing is known, but not everybody was heard. */
  Card unheard(CardId id, List<Silence> silences) {
    return new Card(
        id.toString(),
        cut(silences.stream().map(ComposeCards::chinese).collect(Collectors.joining("；"))),
        "warning",
        silent(silences),
        origin,
        List.of(),
        null,
        List.of(),
        List.of());
  }

  private static Suggestion withdraw(CardId id, MayBeWithdrawn verdict) {
    return new Suggestion(
        "采用已有结果，撤回医嘱",
        Suggestion.idOf(id),
        true,
        List.of(
            new Action(
                "delete",
                "撤回%s，以已有结果代替 Withdraw %s in favour of the earlier results"
                    .formatted(verdict.ordered().chinese(), verdict.ordered().english()),
                verdict.line().draft())));
  }

  private List<Coding> grounds() {
    return catalogue.grounds().stream()
        .map(ground -> new Coding(ground.code(), GROUNDS, ground.chinese()))
        .toList();
  }

  private List<Link> links(List<Verdict> verdicts) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (var verdict : verdicts) {
      result(verdict)
          .ifPresent(
              result ->
                  labels.put(
                      absolute(result.source().reference()),
                      verdict.item().chinese() + " " + result.value().shown()));
    }
    return labels.entrySet().stream()
        .map(entry -> new Link(entry.getValue(), entry.getKey(), "absolute"))
        .toList();
  }

  static Optional<Candidate> result(Verdict verdict) {
    if (verdict instanceof Recommended yes) {
      return Optional.of(yes.result());
    }
    if (verdict instanceof LeftToDoctor left) {
      return Optional.of(left.result());
    }
    return verdict instanceof NotRecommended no ? Optional.of(no.result()) : Optional.empty();
  }

  private String absolute(String reference) {
    return reference.contains("://") ? reference : fhirBase + reference;
  }

  private static String marks(List<Verdict> verdicts) {
    var marks = new LinkedHashSet<String>();
    for (var verdict : verdicts) {
      if (verdict instanceof Recommended yes) {
        marks.add(yes.scope().markChinese());
      }
    }
    return String.join("、", marks);
  }

  private static String laboratories(List<Verdict> verdicts) {
    var names = new LinkedHashSet<String>();
    for (var verdict : verdicts) {
      if (verdict instanceof Recommended yes) {
        names.add(yes.laboratory().name());
      }
    }
    return String.join("、", names);
  }

  private static String whyChinese(Stands verdict) {
    return first(verdict)
        .map(
            because ->
                because instanceof NotRecommended no
                    ? no.item().chinese() + "：" + no.objection().chinese()
                    : because.item().chinese()
                        + "：由医师判断（"
                        + ((LeftToDoctor) because).guard().chinese()
                        + "）")
        .orElse("部分必查项目未查到结果");
  }

  private static String whyEnglish(Stands verdict) {
    return first(verdict)
        .map(
            because ->
                because instanceof NotRecommended no
                    ? no.item().english() + ": " + no.objection().english()
                    : because.item().english()
                        + ": left to the doctor ("
                        + ((LeftToDoctor) because).guard().english()
                        + ")")
        .orElse("some required analyte has no result");
  }

  /** The first required analyte there is something to say against; an objection before a guard. */
  private static Optional<Verdict> first(Stands verdict) {
    var required =
        verdict.analytes().stream()
            .filter(v -> verdict.ordered().required().contains(v.item().loinc()))
            .toList();
    return required.stream()
        .filter(NotRecommended.class::isInstance)
        .findFirst()
        .or(() -> required.stream().filter(LeftToDoctor.class::isInstance).findFirst());
  }

  private static String silent(List<Silence> silences) {
    var said = new ArrayList<String>();
    silences.forEach(
        silence -> said.add("⚠ " + chinese(silence) + " " + english(silence) + "\n\n"));
    return String.join("", said);
  }

  private static String chinese(Silence silence) {
    var name = silence.partner().nameZh();
    return silence instanceof Silence.NotInTime
        ? "对方平台未在时限内答复：%s，其结果未计入".formatted(name)
        : "对方平台拒绝了查询：%s，其结果未计入".formatted(name);
  }

  private static String english(Silence silence) {
    var name = silence.partner().nameEn();
    return silence instanceof Silence.NotInTime
        ? "%s did not answer within its deadline.".formatted(name)
        : "%s refused the query.".formatted(name);
  }

  private static String cut(String summary) {
    return summary.codePointCount(0, summary.length()) < Card.LONGEST_SUMMARY
        ? summary
        : summary.substring(0, summary.offsetByCodePoints(0, Card.LONGEST_SUMMARY - 2)) + "…";
  }
}
