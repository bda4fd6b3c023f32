package io.yitong.hub.document;

import io.yitong.hub.api.answer.HubAddress;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.search.SearchQuery;
import io.yitong.hub.record.search.SearchRecord;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.Immunization.ImmunizationStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.MedicationStatement.MedicationStatementStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * Finds what belongs into each section of a summary, newest first, as far as the reader sees it.
 */
@ApplicationScoped
class CollectSummary {
  /** Most that one search brings; what is not among the latest of these is no summary's matter. */
  private static final int LATEST = 500;

  /** Most told in a section. */
  private static final int TOLD = 100;

  private static final Set<String> REFUTED = Set.of("entered-in-error", "refuted");
  private static final Set<String> OVER = Set.of("inactive", "resolved", "remission");

  private final SearchRecord search;
  private final HubAddress address;

  CollectSummary(SearchRecord search, HubAddress address) {
    this.search = search;
    this.address = address;
  }

  /**
   * @param isCut whether there is more than is told
   */
  record Collected(List<SummaryItem> items, boolean isCut) {}

  Collected of(SummarySection section, Collection<String> patients, ReadFilter filter) {
    return switch (section) {
      case MEDICATIONS -> {
        var statements =
            find(
                ResourceType.MedicationStatement,
                "_sort=-effective",
                patients,
                filter,
                this::taken);
        var requests =
            find(
                ResourceType.MedicationRequest,
                "_sort=-authoredon",
                patients,
                filter,
                this::ordered);
        var all = new ArrayList<>(statements.items());
        all.addAll(requests.items());
        yield new Collected(List.copyOf(all), statements.isCut() || requests.isCut());
      }
      case ALLERGIES ->
          find(ResourceType.AllergyIntolerance, "_sort=-date", patients, filter, this::allergic);
      case PROBLEMS ->
          find(ResourceType.Condition, "_sort=-recorded-date", patients, filter, this::present);
      case RESULTS -> newestOfEachCode(patients, filter);
      case PROCEDURES ->
          find(ResourceType.Procedure, "_sort=-date", patients, filter, this::performed);
      case IMMUNIZATIONS ->
          find(ResourceType.Immunization, "_sort=-date", patients, filter, this::given);
    };
  }

  private Collected newestOfEachCode(Collection<String> patients, ReadFilter filter) {
    var seen = new HashSet<String>();
    var found =
        find(
            ResourceType.Observation,
            "category=laboratory&_sort=-date",
            patients,
            filter,
            resource ->
                resource instanceof Observation result
                    && isReported(result)
                    && seen.add(firstCode(result.getCode())));
    return found;
  }

  private Collected find(
      ResourceType type,
      String query,
      Collection<String> patients,
      ReadFilter filter,
      Predicate<Resource> isTold) {
    var whose = patients.stream().map(id -> "Patient/" + id).collect(Collectors.joining(","));
    var asked = "patient=" + whose + "&" + query + "&_count=" + LATEST;
    var page = search.search(SearchQuery.parse(type, asked), filter);
    var items = new ArrayList<SummaryItem>();
    for (var match : page.matches()) {
      var resource = match.as(Resource.class);
      if (isTold.test(resource)) {
        items.add(item(match, resource));
      }
    }
    var isCut = page.next().isPresent() || items.size() > TOLD;
    return new Collected(items.stream().limit(TOLD).toList(), isCut);
  }

  private SummaryItem item(StoredResource stored, Resource resource) {
    return DescribeItem.of(address.of(stored.key().reference()), resource, stored.json());
  }

  private boolean taken(Resource resource) {
    return resource instanceof MedicationStatement statement
        && Set.of(
                MedicationStatementStatus.ACTIVE,
                MedicationStatementStatus.INTENDED,
                MedicationStatementStatus.ONHOLD)
            .contains(statement.getStatus());
  }

  private boolean ordered(Resource resource) {
    return resource instanceof MedicationRequest request
        && Set.of(MedicationRequestStatus.ACTIVE, MedicationRequestStatus.ONHOLD)
            .contains(request.getStatus());
  }

  private boolean allergic(Resource resource) {
    return resource instanceof AllergyIntolerance allergy
        && !isAny(allergy.getVerificationStatus(), REFUTED)
        && !isAny(allergy.getClinicalStatus(), OVER);
  }

  private boolean present(Resource resource) {
    return resource instanceof Condition condition
        && !isAny(condition.getVerificationStatus(), REFUTED)
        && !isAny(condition.getClinicalStatus(), OVER);
  }

  private boolean performed(Resource resource) {
    return resource instanceof Procedure procedure
        && Set.of(ProcedureStatus.COMPLETED, ProcedureStatus.INPROGRESS)
            .contains(procedure.getStatus());
  }

  private boolean given(Resource resource) {
    return resource instanceof Immunization immunization
        && immunization.getStatus() == ImmunizationStatus.COMPLETED;
  }

  private static boolean isReported(Observation result) {
    return Set.of(ObservationStatus.FINAL, ObservationStatus.AMENDED, ObservationStatus.CORRECTED)
        .contains(result.getStatus());
  }

  private static String firstCode(CodeableConcept code) {
    var coding = code.getCodingFirstRep();
    return coding.hasCode() ? coding.getSystem() + "|" + coding.getCode() : code.getText();
  }

  private static boolean isAny(CodeableConcept status, Set<String> codes) {
    return status.getCoding().stream().anyMatch(coding -> codes.contains(coding.getCode()));
  }
}
