package io.yitong.hub.console;

import io.yitong.hub.console.PatientRecord.Source;
import io.yitong.hub.console.PatientRecord.SourceKind;
import io.yitong.hub.console.PersonRecord.Person;
import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.SearchQuery.Sort;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The laboratory results of a person in this region, by the institution in whose record they are.
 */
@ApplicationScoped
class RegionalResults {
  /** What one screen can carry: about ten years of a person in constant care. */
  private static final int MOST = 2000;

  private static final int PAGE = 500;

  private final SearchRecord record;
  private final InstitutionNames institutions;

  RegionalResults(SearchRecord record, InstitutionNames institutions) {
    this.record = record;
    this.institutions = institutions;
  }

  /**
   * @param contributions the user's own institution first
   * @param earlierLeftOut whether there is more; the oldest are left out
   */
  record Found(List<Contribution> contributions, boolean earlierLeftOut) {}

  Found of(Person person, Caller caller, ReadFilter filter) {
    var observations = new ArrayList<Observation>();
    var cursor = Optional.<String>empty();
    do {
      var page = record.search(newestFirst(person, cursor), filter);
      page.matches().forEach(stored -> observations.add(stored.as(Observation.class)));
      cursor = page.next();
    } while (cursor.isPresent() && observations.size() < MOST);
    return new Found(byInstitution(observations, person, caller), cursor.isPresent());
  }

  private List<Contribution> byInstitution(
      List<Observation> observations, Person person, Caller caller) {
    var owners =
        person.patients().stream()
            .filter(patient -> PersonRecord.institution(patient).isPresent())
            .collect(
                Collectors.toMap(
                    patient -> patient.getIdPart(),
                    patient -> PersonRecord.institution(patient).orElseThrow()));
    var names =
        institutions.namesOf(
            Stream.concat(
                    owners.values().stream().map(InstitutionNames::keyOf), performers(observations))
                .collect(Collectors.toSet()));
    return observations.stream()
        .filter(observation -> owners.containsKey(subject(observation)))
        .collect(Collectors.groupingBy(observation -> owners.get(subject(observation))))
        .entrySet()
        .stream()
        .map(
            entry ->
                new Contribution(
                    source(entry.getKey(), caller, names.of(entry.getKey())),
                    entry.getValue(),
                    names))
        .sorted(
            Comparator.<Contribution, SourceKind>comparing(each -> each.source().kind())
                .thenComparing(each -> each.source().key()))
        .toList();
  }

  private static Source source(InstitutionId institution, Caller caller, Text name) {
    var own = caller.institution().filter(institution::equals).isPresent();
    return new Source(institution.urn(), own ? SourceKind.OWN : SourceKind.REGION, name);
  }

  private static String subject(Observation observation) {
    return ResourceKey.ofReference(observation.getSubject().getReference())
        .map(ResourceKey::id)
        .orElse("");
  }

  private static Stream<ResourceKey> performers(List<Observation> observations) {
    return observations.stream()
        .filter(Observation::hasPerformer)
        .map(observation -> observation.getPerformerFirstRep().getReference())
        .distinct()
        .flatMap(reference -> ResourceKey.ofReference(reference).stream())
        .filter(key -> key.type() == ResourceType.Organization);
  }

  private static SearchQuery newestFirst(Person person, Optional<String> cursor) {
    var patients =
        person.patients().stream().map(patient -> "Patient/" + patient.getIdPart()).toList();
    return new SearchQuery(
        ResourceType.Observation,
        List.of(
            new Criterion("patient", "", patients),
            new Criterion("category", "", List.of("laboratory"))),
        List.of(new Sort("date", true)),
        List.of(),
        List.of(),
        OptionalInt.of(PAGE),
        false,
        false,
        cursor);
  }
}
