package io.yitong.hub.record.search;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.OTHER_HOSPITAL;
import static io.yitong.hub.record.Fixtures.concept;
import static io.yitong.hub.record.Fixtures.observation;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.sql.Sql;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.search.compare.HubClient;
import io.yitong.hub.testing.TestIssuer;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestIntent;
import org.hl7.fhir.r4.model.MedicationRequest.MedicationRequestStatus;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Resources within others, found by their own values (FHIR R4, 3.1.1.5.5). */
@QuarkusTest
class ContainedTest {
  private static final String DRUGS = "urn:test:drugs";

  @Inject WriteResources write;
  @Inject SearchRecord search;
  @Inject DataSource database;

  @TestHTTPResource("/fhir/")
  URI fhir;

  private final String drug = randomId();
  private final String patient = randomId();
  private Searches searches;

  @BeforeEach
  void a_patient() {
    searches = new Searches(search);
    write.put(patient(patient), Optional.empty(), through(HOSPITAL));
  }

  private MedicationRequest prescription(String id, Medication... formulas) {
    var prescription =
        new MedicationRequest()
            .setStatus(MedicationRequestStatus.ACTIVE)
            .setIntent(MedicationRequestIntent.ORDER)
            .setSubject(new Reference("Patient/" + patient))
            .setMedication(new Reference("#" + formulas[0].getIdElement().getIdPart()));
    prescription.setId(id);
    for (var formula : formulas) {
      prescription.addContained(formula);
      prescription.addSupportingInformation(
          new Reference("#" + formula.getIdElement().getIdPart()));
    }
    return prescription;
  }

  private Medication formula(String id, String code) {
    var medication = new Medication().setCode(concept(DRUGS, code));
    medication.setId(id);
    return medication;
  }

  private void put(org.hl7.fhir.r4.model.Resource resource) {
    write.put(resource, Optional.empty(), through(HOSPITAL));
  }

  private List<String> found(String more) {
    return searches.found(ResourceType.Medication, "code=" + drug + more);
  }

  @Test
  void what_is_contained_is_found_only_where_it_is_asked_for() {
    var id = randomId();
    put(prescription(id, formula("m1", drug), formula("m2", drug), formula("m3", "other")));
    var whole = formula(randomId(), drug);
    put(whole);

    assertThat(found("")).containsExactly(whole.getIdElement().getIdPart());
    assertThat(found("&_contained=false")).containsExactly(whole.getIdElement().getIdPart());
    assertThat(found("&_contained=true")).containsExactly(id);
    assertThat(found("&_contained=true&_containedType=container")).containsExactly(id);
    assertThat(found("&_contained=true&_containedType=contained"))
        .containsExactlyInAnyOrder(id + "#m1", id + "#m2");
    assertThat(found("&_contained=both"))
        .containsExactlyInAnyOrder(id, whole.getIdElement().getIdPart());
    assertThat(found("&_contained=both&_containedType=contained"))
        .containsExactlyInAnyOrder(id + "#m1", id + "#m2", whole.getIdElement().getIdPart());
    assertThat(found("&_contained=true&_id=m2&_containedType=contained"))
        .containsExactly(id + "#m2");
  }

  @Test
  void totals_count_what_pages_show() {
    for (var i = 0; i < 5; i++) {
      put(prescription(randomId(), formula("a", drug), formula("b", drug)));
      put(formula(randomId(), drug));
    }

    assertThat(total("&_contained=true")).isEqualTo(5);
    assertThat(total("&_contained=true&_containedType=contained")).isEqualTo(10);
    assertThat(total("&_contained=both")).isEqualTo(10);
    assertThat(total("&_contained=both&_containedType=contained")).isEqualTo(15);
    for (var asked :
        List.of(
            "&_contained=true",
            "&_contained=true&_containedType=contained&_sort=-code",
            "&_contained=both&_sort=-_lastUpdated",
            "&_contained=both&_containedType=contained&_sort=_id")) {
      assertThat(byPages(asked)).doesNotHaveDuplicates().hasSize((int) total(asked));
    }
  }

  private long total(String more) {
    return searches
        .page(ResourceType.Medication, "code=" + drug + "&_summary=count" + more)
        .total()
        .orElseThrow();
  }

  private List<String> byPages(String more) {
    var ids = new ArrayList<String>();
    var next = Optional.of("");
    while (next.isPresent()) {
      var cursor = next.get().isEmpty() ? "" : "&_cursor=" + next.get();
      var page =
          searches.page(ResourceType.Medication, "code=" + drug + "&_count=2" + more + cursor);
      assertThat(page.matches()).hasSizeLessThanOrEqualTo(2);
      ids.addAll(Searches.ids(page));
      next = page.next();
    }
    return ids;
  }

  @Test
  void a_new_version_is_found_by_what_it_contains_now() throws SQLException {
    var id = randomId();
    put(prescription(id, formula("m1", drug), formula("m2", drug)));
    put(prescription(id, formula("m1", "other")));
    assertThat(found("&_contained=true")).isEmpty();
    put(prescription(id, formula("m1", drug)));
    assertThat(found("&_contained=true&_containedType=contained")).containsExactly(id + "#m1");

    write.delete(new ResourceKey(ResourceType.MedicationRequest, id), through(HOSPITAL));

    assertThat(found("&_contained=both")).isEmpty();
    try (var connection = database.getConnection()) {
      assertThat(
              Sql.of(
                      "select count(*) from contained c join resource r on r.rid = c.container"
                          + " where r.fhir_id = ?",
                      id)
                  .query(connection, row -> row.getLong(1)))
          .containsExactly(0L);
    }
  }

  @Test
  void it_is_seen_by_whoever_may_see_what_contains_it() {
    put(prescription(randomId(), formula("m1", drug)));
    var asked =
        SearchQuery.parse(
            ResourceType.Medication, "code=" + drug + "&_contained=true&_containedType=contained");

    assertThat(search.search(asked, relatedTo(HOSPITAL)).matches()).hasSize(1);
    assertThat(search.search(asked, relatedTo(OTHER_HOSPITAL)).matches()).isEmpty();
    assertThat(search.search(asked, only(ResourceType.Medication)).matches()).isEmpty();
    assertThat(search.search(asked, only(ResourceType.MedicationRequest)).matches()).isEmpty();
  }

  private static ReadFilter only(ResourceType type) {
    return new ReadFilter(ReadFilter.everything().reach(), java.util.Set.of(type));
  }

  @Test
  void values_of_every_kind_find_it() {
    var inner = observation(patient, "X", "2026-03-02", 1);
    inner.setId("o1");
    inner.setSubject(null);
    inner.setPerformer(List.of());
    inner.setSpecimen(null);
    inner.setCode(concept(DRUGS, drug));
    var outer = observation(patient, "Y", "2026-03-05", 9);
    outer.addContained(inner);
    outer.addHasMember(new Reference("#o1"));
    put(outer);
    var id = outer.getIdElement().getIdPart();

    for (var criterion :
        List.of(
            "date=2026-03-02",
            "value-quantity=1",
            "code-value-quantity=" + drug + "$1",
            "code:not=other",
            "subject:missing=true",
            "_content=laboratory",
            "_filter=value-quantity lt 2")) {
      assertThat(
              searches.found(
                  ResourceType.Observation,
                  "code=" + drug + "&" + criterion + "&_contained=true&_containedType=contained"))
          .as(criterion)
          .containsExactly(id + "#o1");
    }
    assertThat(searches.found(ResourceType.Observation, "code=" + drug)).isEmpty();
    assertThat(searches.page(ResourceType.Observation, "code=" + drug + "&_summary=count").total())
        .hasValue(0);
    assertThat(
            searches.found(
                ResourceType.Observation,
                "code=" + drug + "&_has:Observation:has-member:code=Y&_contained=true"))
        .isEmpty();
  }

  @Test
  void it_goes_by_its_container_s_address_and_keeps_its_own_id() {
    var id = randomId();
    put(prescription(id, formula("m1", drug)));
    var hub =
        new HubClient(
            fhir,
            institution ->
                TestIssuer.token("contained-test", institution, "system/*.cruds", "hospital"));

    var answer =
        hub.get(
            "Medication?code=" + drug + "&_contained=true&_containedType=contained&_elements=code",
            HOSPITAL.urn());

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/link/0/url").asText())
        .contains("_contained=true", "_containedType=contained");
    var entry = answer.json().at("/entry/0");
    assertThat(entry.at("/fullUrl").asText()).endsWith("/MedicationRequest/" + id + "#m1");
    assertThat(entry.at("/resource/resourceType").asText()).isEqualTo("Medication");
    assertThat(entry.at("/resource/id").asText()).isEqualTo("m1");
    assertThat(entry.at("/resource/code/coding/0/code").asText()).isEqualTo(drug);
  }

  @Test
  void containers_are_not_sorted_by_what_is_not_theirs() {
    assertThatThrownBy(() -> found("&_contained=true&_sort=code"))
        .extracting("code")
        .isEqualTo(ErrorCode.SEARCH_VALUE_INVALID);
  }

  @Test
  void the_type_of_a_match_is_its_own() {
    put(prescription(randomId(), formula("m1", drug)));

    assertThat(
            searches
                .page(
                    ResourceType.Medication,
                    "code=" + drug + "&_contained=true&_containedType=contained")
                .matches())
        .extracting(StoredResource::type)
        .containsExactly(ResourceType.Medication);
  }
}
