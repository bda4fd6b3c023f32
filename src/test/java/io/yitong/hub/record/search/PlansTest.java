package io.yitong.hub.record.search;

import static io.yitong.hub.record.Fixtures.HOSPITAL;
import static io.yitong.hub.record.Fixtures.relatedTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.record.Plans;
import io.yitong.hub.record.search.plan.AllRows;
import io.yitong.hub.record.search.plan.KeyFrequencies;
import io.yitong.hub.record.search.plan.Scope;
import io.yitong.hub.record.sql.Sql;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** By which index each hot search is entered, however few rows there are. */
@QuarkusTest
class PlansTest {
  @Inject DataSource database;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Observation; patient=p; resource_of_patient",
        "Observation; patient=p&category=laboratory&code=ALT; resource_of_patient",
        "Observation; subject=Patient/p&date=ge2026; resource_of_patient",
        "Observation; patient=p,q&code=ALT,AST; resource_of_patient",
        "Observation; patient.identifier=x; resource_of_patient",
        "DiagnosticReport; patient=p&status=final; resource_of_patient",
        "Patient; _id=p; resource_identity",
        "Patient; identifier=s|x; resource_keys",
        "Patient; family=wang&birthdate=ge1980; index_text_value",
        "Observation; code=http://loinc.org|x; index_code_value",
        "Observation; code=x&date=ge2026; index_code_value",
        "Observation; code=x,y&status=final; index_code_value",
        "Observation; code-value-quantity=x$gt5; index_code_value",
        "Observation; patient.identifier=x&code=y; resource_of_patient",
        "Observation; encounter.patient.identifier=x; resource_of_patient",
        "Observation; category=laboratory&identifier=x; resource_keys",
        "DiagnosticReport; issued=ge2026; index_date_value",
        "Patient; _has:Observation:patient:identifier=x; resource_identity",
        "Encounter; _has:Observation:encounter:identifier=x; resource_self",
        "Location; near=29.5|106.5|5|km; index_position_latitude",
        "Observation; component-code-value-quantity=x$5; index_group",
        "Patient; _id=p&_contained=both; resource_identity",
      })
  void a_search_is_entered_by_its_index(String type, String query, String index) {
    for (var filter : new ReadFilter[] {ReadFilter.everything(), relatedTo(HOSPITAL)}) {
      assertThat(plan(ResourceType.valueOf(type), query, filter))
          .contains(index)
          .doesNotContain("Seq Scan on resource ");
    }
  }

  @Test
  void a_count_by_code_reads_the_index_of_codes_alone() {
    var query = SearchQuery.parse(ResourceType.Observation, "code=http://loinc.org|x");

    assertThat(plan(rows(query, ReadFilter.everything()).count()))
        .contains("index_code_value")
        .doesNotContain("resource");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "both&_containedType=contained", "true&_containedType=contained"})
  void contained_resources_are_entered_by_their_keys(String contained) {
    assertThat(
            plan(
                ResourceType.Medication, "code=x&_contained=" + contained, ReadFilter.everything()))
        .contains("contained_keys")
        .doesNotContain("Seq Scan");
  }

  @Test
  void hashed_keys_are_never_the_way_into_a_patient_s_record() {
    assertThat(plan(ResourceType.Observation, "patient=p&code=ALT", ReadFilter.everything()))
        .doesNotContain("resource_keys");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Patient; family=wang; index_text_value",
        "Observation; value-quantity=gt100; index_quantity_value",
        "DiagnosticReport; issued=gt2026; index_date_value",
      })
  void ranges_can_be_entered_by_value(String type, String query, String index) {
    assertThat(plan(ResourceType.valueOf(type), query, ReadFilter.everything())).contains(index);
  }

  private String plan(ResourceType type, String query, ReadFilter filter) {
    var from = rows(SearchQuery.parse(type, query), filter).from();
    return plan(Sql.of("select r.rid").add(from));
  }

  private static AllRows rows(SearchQuery query, ReadFilter filter) {
    var scope =
        new Scope(filter, "http://localhost:8080/fhir/", new NoCodes(), KeyFrequencies.NONE);
    return AllRows.of(Asked.conditions(query, filter.types()), query.among().contained(), scope);
  }

  private String plan(Sql statement) {
    return new Plans(database).of(statement);
  }
}
