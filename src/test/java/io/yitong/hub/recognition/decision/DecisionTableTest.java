package io.yitong.hub.recognition.decision;

import static io.yitong.hub.recognition.decision.Cases.AT;
import static io.yitong.hub.recognition.decision.Cases.CATALOGUE;
import static io.yitong.hub.recognition.decision.Cases.DECIDE;
import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.recognition.decision.OrderVerdict.MayBeWithdrawn;
import io.yitong.hub.recognition.decision.OrderVerdict.NotInCatalogue;
import io.yitong.hub.recognition.decision.OrderVerdict.Stands;
import io.yitong.hub.recognition.decision.Verdict.LeftToDoctor;
import io.yitong.hub.recognition.decision.Verdict.NoneFound;
import io.yitong.hub.recognition.decision.Verdict.NotRecommended;
import io.yitong.hub.recognition.decision.Verdict.Recommended;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** recognition/decisions.csv: the rules as a doctor can read them, each line decided. */
class DecisionTableTest {
  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "/recognition/decisions.csv",
      numLinesToSkip = 1,
      nullValues = "",
      emptyValue = "")
  void decides(
      String name,
      String ordered,
      String results,
      String quality,
      String control,
      String birth,
      String expected,
      String line) {
    // Given
    var order = Cases.order(ordered, birth);
    var candidates = Cases.results(results);
    var evidence = Cases.evidence(quality, control);

    // When
    var verdict = DECIDE.decide(order, candidates, evidence, CATALOGUE, AT).lines().get(0);

    // Then
    assertThat(analyte(verdict, ordered)).as(name).isEqualTo(expected);
    assertThat(line(verdict)).as(name).isEqualTo(line);
  }

  /** Of a panel, ALT speaks for all. */
  private static String analyte(OrderVerdict verdict, String ordered) {
    List<Verdict> analytes;
    if (verdict instanceof MayBeWithdrawn withdrawn) {
      analytes = withdrawn.analytes();
    } else if (verdict instanceof Stands stands) {
      analytes = stands.analytes();
    } else {
      return "not in the catalogue";
    }
    var asked = Cases.loinc(ordered.equals("LIVER") ? "ALT" : ordered);
    return analytes.stream()
        .filter(v -> v.item().loinc().equals(asked))
        .map(DecisionTableTest::said)
        .findFirst()
        .orElseThrow();
  }

  private static String said(Verdict verdict) {
    if (verdict instanceof Recommended yes) {
      return "recommended %s %s until %s"
          .formatted(
              yes.scope().markChinese(),
              yes.comparable().shown(),
              RegionTime.day(yes.validUntil()));
    }
    if (verdict instanceof NotRecommended no) {
      return "not recommended " + no.objection().reason().code();
    }
    if (verdict instanceof LeftToDoctor left) {
      return "left to the doctor: " + left.guard().code();
    }
    return verdict instanceof NoneFound ? "none found" : verdict.toString();
  }

  private static String line(OrderVerdict verdict) {
    if (verdict instanceof MayBeWithdrawn withdrawn) {
      return "may be withdrawn and saves " + withdrawn.saving().yuan().toPlainString();
    }
    return verdict instanceof NotInCatalogue ? "not in the catalogue" : "stands";
  }
}
