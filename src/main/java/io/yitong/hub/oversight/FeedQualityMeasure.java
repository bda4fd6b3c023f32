package io.yitong.hub.oversight;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.oversight.score.QualityBook;
import io.yitong.hub.oversight.score.QualityBook.Frequent;
import io.yitong.hub.oversight.score.QualityBook.Tally;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/**
 * How well what the feeds bring keeps to its profiles: of the sample examined, the share without an
 * error; of the region by institution, or of one institution. An institution is told its own.
 */
@ApplicationScoped
class FeedQualityMeasure implements HubMeasure {
  private static final String POPULATION =
      "http://terminology.hl7.org/CodeSystem/measure-population";
  private static final int DIGITS = 4;
  private static final int MOST_FAULTS = 20;

  private final QualityBook book;
  private final Measure definition = PublishMeasures.definition("feed-quality.json");

  FeedQualityMeasure(QualityBook book) {
    this.book = book;
  }

  @Override
  public Measure definition() {
    return definition;
  }

  @Override
  public boolean mayAsk(Caller caller, Optional<InstitutionId> institution) {
    return caller.is(Role.REGULATOR)
        || caller.is(Role.OPERATOR)
        || caller.is(Role.HUB)
        || institution.isPresent() && institution.equals(caller.institution());
  }

  @Override
  public boolean ofInstitutions() {
    return true;
  }

  @Override
  public MeasureReport report(MeasurePeriod period, Optional<InstitutionId> institution, Date at) {
    var scores = book.scores(period.first(), period.last(), institution);
    var report = started(period, at);
    institution.ifPresent(one -> report.setSubject(organization(one)));
    var group = group(report, all(scores));
    if (institution.isEmpty()) {
      byInstitution(group, scores);
    }
    byType(group, scores.values());
    faults(group, book.faults(period.first(), period.last(), institution, MOST_FAULTS));
    return report;
  }

  private MeasureReportGroupComponent group(MeasureReport report, Tally tally) {
    var group = report.addGroup();
    group.getCode().setText(definition.getGroupFirstRep().getCode().getText());
    population(group, "initial-population", tally.seen());
    population(group, "denominator", tally.examined());
    population(group, "numerator", tally.examined() - tally.flawed());
    score(tally).ifPresent(group::setMeasureScore);
    return group;
  }

  private void byInstitution(
      MeasureReportGroupComponent group, Map<InstitutionId, List<Tally>> scores) {
    var stratifier = stratifier(group, 0);
    scores.forEach(
        (institution, tallies) ->
            stratum(stratifier, institution.urn(), sum(institution.urn(), tallies)));
  }

  private void byType(MeasureReportGroupComponent group, Collection<List<Tally>> scores) {
    var stratifier = stratifier(group, 1);
    scores.stream()
        .flatMap(List::stream)
        .collect(Collectors.groupingBy(Tally::type, TreeMap::new, Collectors.toList()))
        .forEach((type, tallies) -> stratum(stratifier, type, sum(type, tallies)));
  }

  private void faults(MeasureReportGroupComponent group, List<Frequent> faults) {
    var stratifier = stratifier(group, 2);
    for (var fault : faults) {
      var stratum = stratifier.addStratum();
      stratum.getValue().setText(fault.path() + ": " + fault.text());
      stratum
          .addPopulation()
          .setCode(coded("initial-population"))
          .setCount(Math.toIntExact(fault.occurrences()));
    }
  }

  private MeasureReportGroupStratifierComponent stratifier(
      MeasureReportGroupComponent group, int number) {
    var stratifier = group.addStratifier();
    stratifier
        .addCode()
        .setText(definition.getGroupFirstRep().getStratifier().get(number).getCode().getText());
    return stratifier;
  }

  private static void stratum(
      MeasureReportGroupStratifierComponent stratifier, String of, Tally tally) {
    var stratum = stratifier.addStratum();
    stratum.getValue().setText(of);
    stratum.addPopulation().setCode(coded("initial-population")).setCount(count(tally.seen()));
    stratum.addPopulation().setCode(coded("denominator")).setCount(count(tally.examined()));
    stratum
        .addPopulation()
        .setCode(coded("numerator"))
        .setCount(count(tally.examined() - tally.flawed()));
    score(tally).ifPresent(stratum::setMeasureScore);
  }

  /** Of what nothing was examined of there is none. */
  private static Optional<Quantity> score(Tally tally) {
    return tally.examined() == 0
        ? Optional.empty()
        : Optional.of(
            new Quantity()
                .setValue(
                    BigDecimal.valueOf(tally.examined() - tally.flawed())
                        .divide(
                            BigDecimal.valueOf(tally.examined()), DIGITS, RoundingMode.HALF_UP)));
  }

  private static Tally all(Map<InstitutionId, List<Tally>> scores) {
    return sum("*", scores.values().stream().flatMap(List::stream).toList());
  }

  private static Tally sum(String of, List<Tally> tallies) {
    return new Tally(
        of,
        tallies.stream().mapToLong(Tally::seen).sum(),
        tallies.stream().mapToLong(Tally::examined).sum(),
        tallies.stream().mapToLong(Tally::flawed).sum());
  }

  private static void population(MeasureReportGroupComponent group, String code, long count) {
    group.addPopulation().setCode(coded(code)).setCount(count(count));
  }

  private static int count(long count) {
    return Math.toIntExact(count);
  }

  private static CodeableConcept coded(String code) {
    return new CodeableConcept(new Coding(POPULATION, code, null));
  }

  private static Reference organization(InstitutionId institution) {
    return new Reference("Organization/" + institution.name())
        .setIdentifier(institution.asIdentifier());
  }
}
