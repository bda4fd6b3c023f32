package io.yitong.hub.record.search;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.OTHER_HOSPITAL;
import static io.yitong.hub.record.Fixtures.observation;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.putting;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ReadFilter.AgreedCategories;
import io.yitong.hub.fhir.ReadFilter.ReferenceDataOnly;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.Specimen;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SearchRecordTest {
  private static final ReadFilter EVERYTHING = ReadFilter.everything();

  @Inject WriteResources write;
  @Inject SearchRecord search;

  private String patient;
  private Observation monday;
  private Observation tuesday;

  @BeforeEach
  void a_patient_with_two_results() {
    patient = randomId();
    monday = observation(patient, "ALT", "2026-03-02T07:30:00+08:00", 32);
    tuesday = observation(patient, "AST", "2026-03-03T07:30:00+08:00", 410.5);
    var specimen = new Specimen();
    specimen.setId(randomId());
    specimen.setSubject(new Reference("Patient/" + patient));
    tuesday.setSpecimen(new Reference("Specimen/" + specimen.getIdElement().getIdPart()));
    tuesday.getCode().setText("门冬氨酸");
    write.transaction(putting(patient(patient), specimen, monday, tuesday), through(HOSPITAL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=ALT",
        "code=urn:yitong:institution:500106-university-hospital:lab-code|ALT",
        "code=urn%3Ayitong%3Ainstitution%3A500106-university-hospital%3Alab-code%7CALT",
        "code:not=AST",
        "code=ALT,WBC",
        "date=2026-03-02",
        "date=lt2026-03-03",
        "date=le2026-03-02",
        "date=eb2026-03-03",
        "date=ne2026-03-03",
        "date=2026-03-02T07:30:00+08:00",
        "date=ge2026-03-01&date=lt2026-03-03",
        "value-quantity=32",
        "value-quantity=lt100",
        "value-quantity=32|http://unitsofmeasure.org|U/L",
        "value-quantity=le32||U/L",
        "specimen:missing=true",
        "category=laboratory&status=final&code=ALT",
      })
  void finds_monday(String criteria) {
    assertThat(found(criteria)).containsExactly(id(monday));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code:not=ALT",
        "date=gt2026-03-02",
        "date=sa2026-03-02T08:00:00+08:00",
        "date=2026-03-03T07:30",
        "value-quantity=ge410.5",
        "value-quantity=4.1e2",
        "value-quantity=sa400",
        "value-quantity=ap400",
        "specimen:missing=false",
      })
  void finds_tuesday(String criteria) {
    assertThat(found(criteria)).containsExactly(id(tuesday));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date=2026-03",
        "date=2026",
        "date=ge2026-03-02",
        "category=laboratory",
        "category=http://terminology.hl7.org/CodeSystem/observation-category|",
        "_lastUpdated=gt2026-01-01",
        "code=ALT,AST",
        "value-quantity:missing=false",
        "encounter:missing=true",
      })
  void finds_both(String criteria) {
    assertThat(found(criteria)).containsExactlyInAnyOrder(id(monday), id(tuesday));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=|ALT",
        "code=urn:other|ALT",
        "date=2025",
        "value-quantity=32|http://unitsofmeasure.org|g/L",
        "value-quantity=32.0000001",
        "category=imaging",
        "encounter:missing=false",
        "code=ALT&code=AST",
      })
  void finds_neither(String criteria) {
    assertThat(found(criteria)).isEmpty();
  }

  @Test
  void a_patient_can_be_named_in_every_way_a_reference_can() {
    for (var way :
        List.of(
            "patient=" + patient,
            "patient=Patient/" + patient,
            "subject=Patient/" + patient,
            "subject:Patient=" + patient,
            "subject=" + patient,
            "patient.identifier=" + Fixtures.NUMBERS + "|P-" + patient,
            "subject:Patient.identifier=P-" + patient,
            "subject.identifier=P-" + patient,
            "patient.name=王&patient._id=" + patient,
            "patient=http://localhost:8080/fhir/Patient/" + patient)) {
      var page = search.search(SearchQuery.parse(ResourceType.Observation, way), EVERYTHING);
      assertThat(page.matches()).as(way).hasSize(2);
    }
  }

  @Test
  void texts_are_found_by_their_beginning_whatever_the_case_and_accents() {
    var id = randomId();
    var rene = patient(id);
    rene.getName().clear();
    rene.addName().setFamily("Éluard-" + id).addGiven("René");
    write.put(rene, java.util.Optional.empty(), through(HOSPITAL));

    for (var query :
        List.of(
            "family=eluard-" + id,
            "family=ELUARD-" + id.substring(0, 20),
            "family:exact=Éluard-" + id,
            "family:contains=LUARD-" + id,
            "name=rene&family=éluard-" + id)) {
      var page = search.search(SearchQuery.parse(ResourceType.Patient, query), EVERYTHING);
      assertThat(page.matches()).as(query).hasSize(1);
    }
    var exact = SearchQuery.parse(ResourceType.Patient, "family:exact=eluard-" + id);
    assertThat(search.search(exact, EVERYTHING).matches()).isEmpty();
  }

  @Test
  void sorts_by_date_code_and_value_both_ways() {
    assertThat(found("_sort=date")).containsExactly(id(monday), id(tuesday));
    assertThat(found("_sort=-date")).containsExactly(id(tuesday), id(monday));
    assertThat(found("_sort=-code")).containsExactly(id(tuesday), id(monday));
    assertThat(found("_sort=value-quantity")).containsExactly(id(monday), id(tuesday));
    assertThat(found("_sort=status,-_lastUpdated,-_id")).hasSize(2);
  }

  @Test
  void pages_hold_every_result_once_though_new_ones_arrive_between_them() {
    var ids = new ArrayList<String>();
    for (var day = 10; day < 30; day++) {
      var result = observation(patient, "GLU", "2026-04-" + day, day % 3);
      write.put(result, java.util.Optional.empty(), through(HOSPITAL));
      ids.add(id(result));
    }
    for (var sort : List.of("", "&_sort=-date", "&_sort=value-quantity,-date", "&_sort=code")) {
      var seen = new ArrayList<String>();
      var cursor = "";
      do {
        var page =
            search.search(
                SearchQuery.parse(
                    ResourceType.Observation,
                    "patient=" + patient + "&code=GLU&_count=7" + sort + cursor),
                EVERYTHING);
        page.matches().forEach(match -> seen.add(match.key().id()));
        cursor = page.next().map(next -> "&_cursor=" + next).orElse("");
        write.put(
            observation(patient, "GLU-NEW", "2026-04-12", 1),
            java.util.Optional.empty(),
            through(HOSPITAL));
      } while (!cursor.isEmpty());
      assertThat(seen).as(sort).containsExactlyInAnyOrderElementsOf(ids);
    }
  }

  @Test
  void counts_without_fetching() {
    var page =
        search.search(
            SearchQuery.parse(ResourceType.Observation, "patient=" + patient + "&_summary=count"),
            EVERYTHING);

    assertThat(page.total()).hasValue(2);
    assertThat(page.matches()).isEmpty();
  }

  @Test
  void includes_bring_what_matches_refer_to_and_what_refers_to_them() {
    var forward =
        search.search(
            SearchQuery.parse(
                ResourceType.Observation,
                "patient="
                    + patient
                    + "&_include=Observation:specimen&_include=Observation:subject"),
            EVERYTHING);
    var reverse =
        search.search(
            SearchQuery.parse(
                ResourceType.Patient, "_id=" + patient + "&_revinclude=Observation:patient"),
            EVERYTHING);

    assertThat(forward.included())
        .extracting(r -> r.key().type())
        .containsExactlyInAnyOrder(ResourceType.Patient, ResourceType.Specimen);
    assertThat(reverse.included())
        .extracting(r -> r.key().id())
        .containsExactlyInAnyOrder(id(monday), id(tuesday));
  }

  @Test
  void includes_and_chains_show_no_type_that_the_scopes_do_not() {
    var noPatients = new ReadFilter(EVERYTHING.reach(), Set.of(ResourceType.Observation));

    assertThat(
            search
                .search(
                    SearchQuery.parse(
                        ResourceType.Observation,
                        "patient=" + patient + "&_include=Observation:subject"),
                    noPatients)
                .included())
        .isEmpty();
    assertThat(
            search
                .search(
                    SearchQuery.parse(ResourceType.Observation, "patient.identifier=P-" + patient),
                    noPatients)
                .matches())
        .isEmpty();
  }

  @Test
  void the_filter_decides_what_is_found_and_counted() {
    var ofPatient =
        SearchQuery.parse(ResourceType.Observation, "patient=" + patient + "&_total=accurate");
    var types = EVERYTHING.types();

    assertThat(search.search(ofPatient, relatedTo(HOSPITAL)).total()).hasValue(2);
    assertThat(search.search(ofPatient, relatedTo(OTHER_HOSPITAL)).total()).hasValue(0);
    assertThat(search.search(ofPatient, ReadFilter.nothing()).total()).hasValue(0);
    assertThat(search.search(ofPatient, new ReadFilter(new ReferenceDataOnly(), types)).total())
        .hasValue(0);
    assertThat(
            search
                .search(
                    ofPatient, new ReadFilter(new AgreedCategories(Set.of("laboratory")), types))
                .total())
        .hasValue(2);
    assertThat(
            search
                .search(ofPatient, new ReadFilter(new AgreedCategories(Set.of("imaging")), types))
                .total())
        .hasValue(0);
  }

  @Test
  void a_partner_sees_the_specimen_of_an_agreed_result_and_never_the_patient() {
    var agreed = new ReadFilter(new AgreedCategories(Set.of("laboratory")), EVERYTHING.types());

    var page =
        search.search(
            SearchQuery.parse(
                ResourceType.Observation,
                "patient="
                    + patient
                    + "&_include=Observation:specimen&_include=Observation:subject"),
            agreed);

    assertThat(page.included())
        .extracting(r -> r.key().type())
        .containsExactly(ResourceType.Specimen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour=red",
        "patient.colour=red",
        "_has:Observation:patient:code=x",
        "_query=x",
        "_has=x",
        "code.display=x",
        "_include=Observation:colour",
        "_sort=colour",
        "_type=Patient"
      })
  void an_unknown_parameter_is_refused(String query) {
    assertRefused(query, ErrorCode.SEARCH_PARAMETER_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code:near=x",
        "date:exact=2026",
        "patient:Device=1",
        "_id:exact=f",
        "patient:below=1"
      })
  void an_unknown_modifier_is_refused(String query) {
    assertRefused(query, ErrorCode.SEARCH_MODIFIER_UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "date=2026-02-30",
        "date=yesterday",
        "value-quantity=many",
        "value-quantity=1e999999999",
        "code:missing=perhaps",
        "_count=-1",
        "_include=Observation",
        "_cursor=nonsense",
        "code=",
      })
  void an_invalid_value_is_refused(String query) {
    assertRefused(query, ErrorCode.SEARCH_VALUE_INVALID);
  }

  private void assertRefused(String query, ErrorCode code) {
    assertThatThrownBy(
            () -> search.search(SearchQuery.parse(ResourceType.Observation, query), EVERYTHING))
        .isInstanceOfSatisfying(HubException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private List<String> found(String criteria) {
    var query = SearchQuery.parse(ResourceType.Observation, "patient=" + patient + "&" + criteria);
    return search.search(query, EVERYTHING).matches().stream().map(r -> r.key().id()).toList();
  }

  private static String id(Observation observation) {
    return observation.getIdElement().getIdPart();
  }
}
