package io.yitong.hub.oversight;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.recognition.books.Tally;
import io.yitong.hub.recognition.books.TallyRecognition;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;
import java.util.Optional;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Quantity;

/** The measure of mutual recognition, as rules/oversight defines it, filled in from a tally. */
@ApplicationScoped
class RecognitionMeasure implements HubMeasure {
  private static final String GROUPS = NamingSystems.BASE + "CodeSystem/recognition-measure";
  private static final String GROUNDS = NamingSystems.BASE + "CodeSystem/repeat-ground";
  private static final String POPULATION =
      "http://terminology.hl7.org/CodeSystem/measure-population";
  private static final int RATE_DIGITS = 4;

  private final TallyRecognition tally;
  private final Measure definition = PublishMeasures.definition("mutual-recognition.json");

  RecognitionMeasure(TallyRecognition tally) {
    this.tally = tally;
  }

  @Override
  public Measure definition() {
    return definition;
  }

  @Override
  public boolean mayAsk(Caller caller, Optional<InstitutionId> institution) {
    return caller.is(Role.REGULATOR) || caller.is(Role.OPERATOR) || caller.is(Role.HUB);
  }

  @Override
  public boolean ofInstitutions() {
    return false;
  }

  @Override
  public MeasureReport report(MeasurePeriod period, Optional<InstitutionId> institution, Date at) {
    return report(period, tally.between(period.from(), period.until()), at);
  }

  private MeasureReport report(MeasurePeriod period, Tally tally, Date at) {
    var recognised = tally.recognised() - tally.undone();
    var report = started(period, at);
    count(report, "eligible-prompts", tally.prompts());
    count(report, "recognised", recognised);
    refusals(count(report, "refused", tally.refused()), tally);
    rate(report, "rate-of-prompts", recognised, tally.prompts());
    rate(report, "rate-of-reports", recognised, tally.reported() + recognised);
    yuan(report, "savings-gross", tally.gross(), tally.illustrative());
    yuan(report, "savings-net", tally.net(), tally.illustrative());
    return report;
  }

  private MeasureReportGroupComponent count(MeasureReport report, String code, long count) {
    var group = group(report, code);
    population(group, "initial-population", count);
    group.setMeasureScore(new Quantity().setValue(count));
    return group;
  }

  private static void refusals(MeasureReportGroupComponent group, Tally tally) {
    var stratifier = group.addStratifier();
    stratifier.addCode().setText("重复检查理由 Ground for repeating");
    new TreeMap<>(tally.refusals())
        .forEach(
            (ground, count) -> {
              var stratum = stratifier.addStratum();
              stratum.setValue(ground(ground));
              stratum
                  .addPopulation()
                  .setCode(coded(POPULATION, "initial-population"))
                  .setCount(Math.toIntExact(count));
            });
  }

  private static CodeableConcept ground(String code) {
    return code.equals(Tally.WITHOUT_REASON)
        ? new CodeableConcept().setText(Tally.WITHOUT_REASON)
        : coded(GROUNDS, code);
  }

  /** Without a denominator there is no score. */
  private void rate(MeasureReport report, String code, long numerator, long denominator) {
    var group = group(report, code);
    population(group, "numerator", numerator);
    population(group, "denominator", denominator);
    if (denominator > 0) {
      group.setMeasureScore(
          new Quantity()
              .setValue(
                  BigDecimal.valueOf(numerator)
                      .divide(BigDecimal.valueOf(denominator), RATE_DIGITS, RoundingMode.HALF_UP)));
    }
  }

  private void yuan(MeasureReport report, String code, BigDecimal amount, boolean illustrative) {
    var group = group(report, code);
    if (illustrative) {
      var text = group.getCode().getText();
      group.getCode().setText(text + "（价格为示例 illustrative prices）");
    }
    group.setMeasureScore(
        new Quantity()
            .setValue(amount)
            .setUnit("CNY")
            .setSystem("urn:iso:std:iso:4217")
            .setCode("CNY"));
  }

  private MeasureReportGroupComponent group(MeasureReport report, String code) {
    var text =
        definition.getGroup().stream()
            .map(Measure.MeasureGroupComponent::getCode)
            .filter(concept -> concept.getCodingFirstRep().getCode().equals(code))
            .findFirst()
            .orElseThrow()
            .getText();
    return report.addGroup().setCode(coded(GROUPS, code).setText(text));
  }

  private static void population(MeasureReportGroupComponent group, String code, long count) {
    group.addPopulation().setCode(coded(POPULATION, code)).setCount(Math.toIntExact(count));
  }

  private static CodeableConcept coded(String system, String code) {
    return new CodeableConcept(new Coding(system, code, null));
  }
}
