package io.yitong.hub.recognition.results;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.yitong.hub.exchange.PartnerAnswer;
import io.yitong.hub.exchange.PartnerAnswer.Answered;
import io.yitong.hub.exchange.PartnerAnswer.Late;
import io.yitong.hub.exchange.PartnerResults;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.identity.PersonLink;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.recognition.decision.Candidate;
import io.yitong.hub.recognition.decision.Candidate.Source;
import io.yitong.hub.recognition.decision.Catalogue;
import io.yitong.hub.recognition.decision.Loinc;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchQuery.Criterion;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.Specimen;

/**
 * Finds a person's results of some items: in this hub's record, and among what partners hold. Where
 * the person is not certain, partners are left out: their results might be another's.
 */
@ApplicationScoped
public class FindResults {
  /** Far above what a patient has of a dozen items. */
  private static final int MOST = 1000;

  /** When nobody waits for it. */
  private static final Duration AT_LEISURE = Duration.ofSeconds(15);

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final SearchRecord record;
  private final Persons persons;
  private final PartnerResults partners;
  private final ReadCandidate reader;
  private final ManagedExecutor background;
  private final Duration deadline;

  FindResults(
      SearchRecord record,
      Persons persons,
      PartnerResults partners,
      Catalogue catalogue,
      ManagedExecutor background,
      @ConfigProperty(name = "yitong.recognition.partner-deadline", defaultValue = "PT1.5S")
          Duration deadline) {
    this.record = record;
    this.persons = persons;
    this.partners = partners;
    this.reader = new ReadCandidate(catalogue);
    this.background = background;
    this.deadline = deadline;
  }

  /** Asks partners whose answer is not held, and waits for them up to the deadline. */
  public Found now(
      PersonLink link, Collection<Loinc> items, ReadFilter filter, CorrelationId correlation) {
    return found(link, items, filter, link.certain() ? answers(link, correlation) : List.of());
  }

  /** Makes do with what partners' answers are held already. */
  public Found held(PersonLink link, Collection<Loinc> items, ReadFilter filter) {
    return found(link, items, filter, link.certain() ? partners.held(link.person()) : List.of());
  }

  /** Has partners asked in the background; what comes is held for later questions. */
  public void fetchAhead(PersonLink link, CorrelationId correlation) {
    if (link.certain()) {
      background.execute(() -> partners.fetch(link.person(), AT_LEISURE, correlation));
    }
  }

  private List<PartnerAnswer> answers(PersonLink link, CorrelationId correlation) {
    var held = partners.held(link.person());
    return held.isEmpty() ? partners.fetch(link.person(), deadline, correlation) : held;
  }

  private Found found(
      PersonLink link, Collection<Loinc> items, ReadFilter filter, List<PartnerAnswer> answers) {
    var candidates = new ArrayList<Candidate>();
    var silences = new ArrayList<Silence>();
    local(link, items, filter).forEach(candidates::add);
    for (var answer : answers) {
      if (answer instanceof Answered answered) {
        atPartner(answered, items).forEach(candidates::add);
      } else if (answer instanceof Late late) {
        silences.add(new Silence.NotInTime(late.partner()));
      } else if (answer instanceof PartnerAnswer.Refused refused) {
        silences.add(
            refused.code() == ErrorCode.PARTNER_UNREACHABLE
                ? new Silence.NotInTime(refused.partner())
                : new Silence.Refused(refused.partner()));
      }
    }
    return new Found(candidates, silences);
  }

  private Stream<Candidate> local(PersonLink link, Collection<Loinc> items, ReadFilter filter) {
    var page = record.search(query(persons.patientIdsOf(link.person()), items), filter);
    Map<String, JsonNode> specimens = new HashMap<>();
    page.included().stream()
        .filter(included -> included.key().type() == ResourceType.Specimen)
        .forEach(included -> specimens.put(included.key().reference(), tree(included.json())));
    return page.matches().stream()
        .map(StoredResource::json)
        .map(FindResults::tree)
        .flatMap(
            observation ->
                reader
                    .read(
                        observation,
                        new Source(
                            "Observation/" + observation.path("id").asText(), Optional.empty()),
                        Optional.ofNullable(specimens.get(specimen(observation))))
                    .stream());
  }

  private static SearchQuery query(List<String> patientIds, Collection<Loinc> items) {
    return new SearchQuery(
        ResourceType.Observation,
        List.of(
            new Criterion("patient", "", patientIds.stream().map(id -> "Patient/" + id).toList()),
            new Criterion(
                "code", "", items.stream().map(i -> NamingSystems.LOINC + "|" + i).toList())),
        List.of(),
        List.of("Observation:specimen"),
        List.of(),
        OptionalInt.of(MOST),
        false,
        false,
        Optional.empty());
  }

  private Stream<Candidate> atPartner(Answered answer, Collection<Loinc> items) {
    Map<String, JsonNode> specimens = new HashMap<>();
    answer.resources().stream()
        .filter(Specimen.class::isInstance)
        .forEach(s -> specimens.put("Specimen/" + s.getIdElement().getIdPart(), tree(s)));
    return answer.resources().stream()
        .filter(Observation.class::isInstance)
        .map(Observation.class::cast)
        .filter(observation -> of(observation, items))
        .flatMap(
            observation -> {
              var json = tree(observation);
              return reader
                  .read(
                      json,
                      new Source(
                          observation.getMeta().getSource(), Optional.of(answer.partner().scope())),
                      Optional.ofNullable(specimens.get(specimen(json))))
                  .stream();
            });
  }

  private static boolean of(Observation observation, Collection<Loinc> items) {
    return observation.getCode().getCoding().stream()
        .filter(coding -> NamingSystems.LOINC.equals(coding.getSystem()))
        .flatMap(coding -> Loinc.parse(coding.getCode()).stream())
        .anyMatch(items::contains);
  }

  /** The relative reference, whether it was written so or as an absolute URL. */
  private static String specimen(JsonNode observation) {
    var reference = observation.path("specimen").path("reference").asText();
    var start = reference.lastIndexOf("Specimen/");
    return start < 0 ? "" : reference.substring(start);
  }

  private static JsonNode tree(Resource resource) {
    return tree(FhirJson.write(resource));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
