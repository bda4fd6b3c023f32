package io.yitong.hub.oversight.score;

import io.micrometer.core.instrument.MeterRegistry;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.profile.ValidateResource;
import io.yitong.hub.oversight.score.QualityBook.Fault;
import io.yitong.hub.oversight.score.QualityBook.Tally;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.change.Change;
import io.yitong.hub.record.change.ChangeConsumer;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Follows what institutions' feeds bring and holds a sample of it to its profiles. As many a second
 * as is allowed are examined, the rest is only counted, so that it never falls behind the changes.
 * What comes through the API is passed by; until a feed has brought something no validator is made.
 */
@ApplicationScoped
class ScoreWrites implements ChangeConsumer {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Set<Effect> WRITTEN = Set.of(Effect.CREATED, Effect.UPDATED);

  private final ReadResource read;
  private final ValidateResource validate;
  private final QualityBook book;
  private final MeterRegistry meters;
  private final Allowance allowance;
  private final boolean isOn;

  ScoreWrites(
      ReadResource read,
      ValidateResource validate,
      QualityBook book,
      MeterRegistry meters,
      Clock clock,
      @ConfigProperty(name = "yitong.validation.score-rate") int perSecond) {
    this.read = read;
    this.validate = validate;
    this.book = book;
    this.meters = meters;
    this.allowance = new Allowance(perSecond, clock);
    this.isOn = perSecond > 0;
  }

  @Override
  public String name() {
    return "quality-score";
  }

  @Override
  public void apply(Change change) {
    var written =
        change.written().stream()
            .filter(each -> WRITTEN.contains(each.effect()))
            .map(Written::key)
            .toList();
    if (!isOn || !change.fed() || written.isEmpty() || change.institution().isEmpty()) {
      return;
    }
    var sample = written.subList(0, allowance.take(written.size()));
    var tallies = new TreeMap<String, Tally>();
    written.forEach(key -> add(tallies, new Tally(key.type().name(), 1, 0, 0)));
    var faults = new ArrayList<Fault>();
    examine(sample, change.institution().get(), tallies, faults);
    book.add(
        change.institution().get(),
        change.at().atZone(ZONE).toLocalDate(),
        List.copyOf(tallies.values()),
        faults);
  }

  private void examine(
      List<ResourceKey> sample,
      InstitutionId institution,
      TreeMap<String, Tally> tallies,
      List<Fault> faults) {
    for (var stored : read.current(sample, ReadFilter.everything()).values()) {
      if (!stored.deleted()) {
        errors(stored)
            .ifPresent(
                errors -> {
                  var type = stored.key().type().name();
                  add(tallies, new Tally(type, 0, 1, errors.isEmpty() ? 0 : 1));
                  errors.forEach(error -> faults.add(fault(stored, error)));
                  count("yitong.quality.examined", institution);
                  if (!errors.isEmpty()) {
                    count("yitong.quality.flawed", institution);
                  }
                });
      }
    }
  }

  /** Empty when there was no room to look. */
  private Optional<List<Flaw>> errors(StoredResource stored) {
    try {
      return Optional.of(
          validate.flaws(stored.json(), Optional.empty()).stream().filter(Flaw::isError).toList());
    } catch (HubException e) {
      if (e.code() == ErrorCode.BUSY) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Fault fault(StoredResource stored, Flaw flaw) {
    return new Fault(
        stored.key().type().name(),
        flaw.path().replaceAll("\\[\\d+]", ""),
        withoutValues(flaw.text()),
        stored.key().reference());
  }

  /** Values differ from resource to resource, and some should not be read here at all. */
  private static String withoutValues(String text) {
    var kind = text.replaceAll("'[^']*'", "'…'").replaceAll("\"[^\"]*\"", "\"…\"");
    return kind.substring(0, Math.min(kind.length(), 200));
  }

  private static void add(TreeMap<String, Tally> tallies, Tally more) {
    tallies.merge(
        more.type(),
        more,
        (one, other) ->
            new Tally(
                one.type(),
                one.seen() + other.seen(),
                one.examined() + other.examined(),
                one.flawed() + other.flawed()));
  }

  private void count(String meter, InstitutionId institution) {
    meters.counter(meter, "institution", institution.name()).increment();
  }
}
