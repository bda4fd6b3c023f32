package io.yitong.hub.record.search;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.encounter;
import static io.yitong.hub.record.Fixtures.observation;
import static io.yitong.hub.record.Fixtures.patient;
import static io.yitong.hub.record.Fixtures.putting;
import static io.yitong.hub.record.Fixtures.randomId;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static io.yitong.hub.record.Fixtures.through;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.record.Fixtures;
import io.yitong.hub.record.search.SearchQuery.Handling;
import io.yitong.hub.record.write.WriteResources;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages, what they bring beside the matches, and searches across types. */
@QuarkusTest
class PagesTest {
  @Inject WriteResources write;
  @Inject SearchRecord search;

  private Searches searches;
  private String patient;
  private final List<Observation> results = new ArrayList<>();

  @BeforeEach
  void a_patient_with_nine_results() {
    searches = new Searches(search);
    patient = randomId();
    write.put(patient(patient), Optional.empty(), through(HOSPITAL));
    for (var day = 1; day < 10; day++) {
      results.add(observation(patient, "PAGE-" + patient, "2026-03-0" + day, day));
    }
    write.transaction(putting(results.toArray(Observation[]::new)), through(HOSPITAL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&_sort=date", "&_sort=-value-quantity", "&_sort=status,-_id"})
  void pages_lead_forward_and_back_again(String sort) {
    var query = "code=PAGE-" + patient + "&_count=4" + sort;
    var first = searches.page(ResourceType.Observation, query);
    var second = following(query, first.next());
    var third = following(query, second.next());

    assertThat(first.previous()).isEmpty();
    assertThat(third.next()).isEmpty();
    assertThat(Searches.ids(third)).hasSize(1);
    assertThat(Searches.ids(following(query, third.previous()))).isEqualTo(Searches.ids(second));
    var again = following(query, second.previous());
    assertThat(Searches.ids(again)).isEqualTo(Searches.ids(first));
    assertThat(again.previous()).isEmpty();
    assertThat(Searches.ids(following(query, again.next()))).isEqualTo(Searches.ids(second));
  }

  @Test
  void results_come_newest_first_where_no_order_is_asked_for() {
    var newestFirst = new ArrayList<>(results.stream().map(PagesTest::id).toList());
    java.util.Collections.reverse(newestFirst);

    assertThat(searches.found(ResourceType.Observation, "code=PAGE-" + patient))
        .isEqualTo(newestFirst);
    assertThat(searches.found(ResourceType.Observation, "patient=" + patient))
        .isEqualTo(newestFirst);
  }

  @Test
  void a_cursor_is_good_for_its_own_search_only_and_cannot_be_made_up() {
    var query = "code=PAGE-" + patient + "&_count=4";
    var cursor = searches.page(ResourceType.Observation, query).next().orElseThrow();
    var changed = (cursor.charAt(0) == 'W' ? 'V' : 'W') + cursor.substring(1);

    for (var wrong :
        List.of(
            query + "&_cursor=" + changed,
            query + "&_cursor=" + cursor + "x",
            query + "&_cursor=" + cursor.substring(0, cursor.indexOf('.')),
            "patient=" + patient + "&_cursor=" + cursor,
            query + "&_sort=date&_cursor=" + cursor)) {
      assertThatThrownBy(() -> searches.page(ResourceType.Observation, wrong))
          .as(wrong)
          .isInstanceOf(HubException.class);
    }
    assertThat(
            searches
                .page(ResourceType.Observation, query.replace("=4", "=2") + "&_cursor=" + cursor)
                .matches())
        .hasSize(2);
  }

  @Test
  void totals_are_the_same_by_the_index_alone_and_under_a_filter() {
    var query =
        SearchQuery.parse(
            ResourceType.Observation, "code=PAGE-" + patient + "&_summary=count&_count=0");
    var exact =
        SearchQuery.parse(
            ResourceType.Observation,
            "code=" + HOSPITAL.numberSystem("lab-code") + "|PAGE-" + patient + "&_total=accurate");

    assertThat(search.search(query, Searches.EVERYTHING).total()).hasValue(9);
    assertThat(search.search(query, relatedTo(HOSPITAL)).total()).hasValue(9);
    assertThat(search.search(query, relatedTo(Fixtures.OTHER_HOSPITAL)).total()).hasValue(0);
    assertThat(search.search(exact, Searches.EVERYTHING).total()).hasValue(9);
  }

  @Test
  void what_was_deleted_or_coded_anew_is_not_counted_any_more() {
    var query = "code=PAGE-" + patient + "&_summary=count";
    var changed = results.get(0);
    changed.setCode(Fixtures.concept(HOSPITAL.numberSystem("lab-code"), "OTHER"));
    write.put(changed, Optional.empty(), through(HOSPITAL));
    write.delete(
        new ResourceKey(ResourceType.Observation, id(results.get(1))),
        Optional.empty(),
        through(HOSPITAL));

    assertThat(searches.page(ResourceType.Observation, query).total()).hasValue(7);
  }

  @Test
  void includes_iterate_through_a_circle_and_stop() {
    var one = new Location();
    one.setId(randomId());
    var other = new Location();
    other.setId(randomId());
    one.setPartOf(new Reference("Location/" + id(other)));
    other.setPartOf(new Reference("Location/" + id(one)));
    var visit = encounter(patient);
    visit.addLocation().setLocation(new Reference("Location/" + id(one)));
    write.transaction(putting(one, other, visit), through(HOSPITAL));
    var query = "_id=" + id(visit) + "&_include=Encounter:location";

    assertThat(included(ResourceType.Encounter, query)).containsExactly(id(one));
    assertThat(
            included(ResourceType.Encounter, query + "&_include:iterate=Location:partof:Location"))
        .containsExactlyInAnyOrder(id(one), id(other));
    assertThat(included(ResourceType.Encounter, "_id=" + id(visit) + "&_include=*"))
        .containsExactlyInAnyOrder(id(one), patient);
    assertThat(
            included(ResourceType.Encounter, "_id=" + id(visit) + "&_include=Encounter:*:Patient"))
        .containsExactly(patient);
    assertThat(
            included(
                ResourceType.Location, "_id=" + id(other) + "&_revinclude:iterate=*&_include=*"))
        .contains(id(one), id(visit));
    assertThat(included(ResourceType.Patient, "_id=" + patient + "&_revinclude=Encounter:*"))
        .containsExactly(id(visit));
  }

  private List<String> included(ResourceType type, String query) {
    return searches.page(type, query).included().stream().map(found -> found.key().id()).toList();
  }

  @Test
  void a_compartment_holds_what_refers_to_its_focus() {
    var visit = encounter(patient);
    write.put(visit, Optional.empty(), through(HOSPITAL));
    var focus = new ResourceKey(ResourceType.Patient, patient);

    var ofType =
        SearchQuery.parseWithin(
            focus, Optional.of(ResourceType.Observation), "_total=accurate", Handling.STRICT);
    var all = SearchQuery.parseWithin(focus, Optional.empty(), "_count=100", Handling.STRICT);
    var some =
        SearchQuery.parseWithin(
            focus,
            Optional.empty(),
            "_type=Encounter,Observation&_total=accurate",
            Handling.STRICT);

    assertThat(search.search(ofType, Searches.EVERYTHING).total()).hasValue(9);
    assertThat(search.search(some, Searches.EVERYTHING).total()).hasValue(10);
    assertThat(Searches.ids(search.search(all, Searches.EVERYTHING)))
        .contains(id(visit), id(results.get(0)), patient);
    assertThat(
            search
                .search(
                    all,
                    new ReadFilter(Searches.EVERYTHING.reach(), Set.of(ResourceType.Encounter)))
                .matches())
        .hasSize(1);
  }

  @Test
  void a_search_of_all_types_asks_what_all_have() {
    assertThat(searches.whole("_id=" + patient).matches()).hasSize(1);
    assertThat(
            searches
                .whole("_type=Patient,Observation&_id=" + patient + "&_sort=-_lastUpdated")
                .matches())
        .hasSize(1);
    assertThat(searches.whole("_type=Encounter&_id=" + patient).matches()).isEmpty();
    assertThat(searches.whole("_tag=urn:none|" + patient).matches()).isEmpty();
    assertThatThrownBy(() -> searches.whole("birthdate=1970")).isInstanceOf(HubException.class);
    assertThatThrownBy(() -> searches.whole("_type=Patients")).isInstanceOf(HubException.class);
  }

  @Test
  void lenient_handling_leaves_out_and_names_what_is_not_known() {
    var query =
        SearchQuery.parse(
            ResourceType.Observation,
            "patient="
                + patient
                + "&colour=red&code:near=x&_sort=colour&_include=Observation:colour",
            Handling.LENIENT);

    assertThat(search.search(query, Searches.EVERYTHING).matches()).hasSize(9);
    assertThat(query.ignored())
        .containsExactly("colour", "code:near", "_sort=colour", "_include=Observation:colour");
    assertThat(query.queryString()).isEqualTo("patient=" + patient);
    assertThatThrownBy(
            () -> SearchQuery.parse(ResourceType.Observation, "date=never", Handling.LENIENT))
        .isInstanceOf(HubException.class);
  }

  @Test
  void too_much_is_cut_down_or_refused() {
    assertThat(SearchQuery.parse(ResourceType.Patient, "_count=1000000").queryString())
        .isEqualTo("_count=1000");
    assertThat(
            searches.found(
                ResourceType.Observation,
                "code=" + "PAGE-NOT-HERE,".repeat(998) + "PAGE-" + patient))
        .hasSize(9);
    assertThatThrownBy(
            () -> searches.found(ResourceType.Observation, "code=" + "A,".repeat(1000) + "B"))
        .isInstanceOf(HubException.class);
  }

  private SearchPage following(String query, Optional<String> cursor) {
    return searches.page(ResourceType.Observation, query + "&_cursor=" + cursor.orElseThrow());
  }

  private static String id(org.hl7.fhir.r4.model.Resource resource) {
    return resource.getIdElement().getIdPart();
  }
}
