package io.yitong.hub.document;

import io.yitong.hub.api.answer.Absence;
import io.yitong.hub.api.operation.Asked;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.Invocation;
import io.yitong.hub.fhir.OperationAnswer;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.identity.PersonLink;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * {@code Patient/[id]/$summary} (IPS, OperationDefinition/summary): an International Patient
 * Summary of the person the Patient stands for. Other than {@code $everything} it joins what all
 * institutions know, where the links between their Patients are certain: an allergy known next door
 * belongs into it. Everything is read under the caller's own filter.
 */
@Singleton
class SummarizePatient extends DocumentOperation {
  private static final Set<String> PARAMETERS = Set.of("identifier", "profile");
  private static final String IPS = "http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips";

  private final ReadResource read;
  private final SearchRecord search;
  private final Persons persons;
  private final AssembleSummary assemble;

  SummarizePatient(
      ReadResource read, SearchRecord search, Persons persons, AssembleSummary assemble) {
    super(
        "summary", ResourceType.Patient, "http://hl7.org/fhir/uv/ips/OperationDefinition/summary");
    this.read = read;
    this.search = search;
    this.persons = persons;
    this.assemble = assemble;
  }

  @Override
  public OperationAnswer invoke(Invocation call) {
    var asked = Asked.of(call, PARAMETERS);
    asked
        .text("profile")
        .filter(profile -> !profile.equals(IPS))
        .ifPresent(
            profile -> {
              throw Asked.invalid("profile", IPS);
            });
    var key =
        new ResourceKey(
            ResourceType.Patient, call.id().orElseGet(() -> idOf(asked, call.filter())));
    var patient = Absence.require(read, key, call.filter());
    var document = assemble.of(patient, samePerson(key.id()), call.filter());
    return new OperationAnswer.Text(document, Optional.of(key.id()));
  }

  /** The one visible Patient of an identifier, given as a token. */
  private String idOf(Asked asked, ReadFilter filter) {
    var identifier =
        asked
            .text("identifier")
            .orElseThrow(() -> new HubException(ErrorCode.PARAMETER_MISSING, "id", "identifier"));
    var query = "identifier=" + URLEncoder.encode(identifier, StandardCharsets.UTF_8) + "&_count=2";
    var found = search.search(SearchQuery.parse(ResourceType.Patient, query), filter).matches();
    if (found.size() > 1) {
      throw new HubException(ErrorCode.MATCHES_NOT_ONE, "identifier", identifier);
    }
    return found.stream()
        .findFirst()
        .map(patient -> patient.key().id())
        .orElseThrow(() -> Absence.of(new ResourceKey(ResourceType.Patient, identifier), filter));
  }

  /** The Patient's own id first. */
  private List<String> samePerson(String patientId) {
    var all = new ArrayList<String>();
    all.add(patientId);
    persons
        .of(patientId)
        .filter(PersonLink::certain)
        .ifPresent(
            link ->
                persons.patientIdsOf(link.person()).stream()
                    .filter(other -> !other.equals(patientId))
                    .filter(other -> persons.of(other).filter(PersonLink::certain).isPresent())
                    .sorted()
                    .forEach(all::add));
    return List.copyOf(all);
  }
}
