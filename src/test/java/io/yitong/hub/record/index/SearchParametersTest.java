package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.FhirJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Enumerations;
import org.hl7.fhir.r4.model.ResourceType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.junit.jupiter.api.Test;

class SearchParametersTest {
  /** Asked for by columns and words, not by parameters of the type; a named query is none here. */
  private static final Set<String> OF_EVERY_TYPE =
      Set.of("_id", "_lastUpdated", "_text", "_content", "_query");

  /** As the specification publishes them, one bundle for all types. */
  @Test
  void every_parameter_of_the_specification_is_offered_as_what_it_is() throws IOException {
    var missing = new TreeSet<String>();
    for (var parameter : specified()) {
      for (var base : parameter.getBase()) {
        for (var type : types(base.getCode())) {
          var offered = SearchParameters.of(type).named(parameter.getCode());
          if (!OF_EVERY_TYPE.contains(parameter.getCode())
              && offered
                  .filter(found -> found.kind().toCode().equals(parameter.getType().toCode()))
                  .isEmpty()) {
            missing.add(type + "." + parameter.getCode());
          }
        }
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void a_composite_has_all_the_parts_the_specification_gives_it() throws IOException {
    for (var parameter : specified()) {
      if (parameter.getType() == Enumerations.SearchParamType.COMPOSITE) {
        for (var base : parameter.getBase()) {
          assertThat(
                  SearchParameters.of(ResourceType.fromCode(base.getCode()))
                      .named(parameter.getCode())
                      .orElseThrow()
                      .components())
              .as(parameter.getId())
              .hasSameSizeAs(parameter.getComponent());
        }
      }
    }
  }

  private static List<SearchParameter> specified() throws IOException {
    try (var bundle =
        SearchParametersTest.class.getResourceAsStream(
            "/org/hl7/fhir/r4/model/sp/search-parameters.json")) {
      return FhirJson.parse(bundle.readAllBytes(), Bundle.class).getEntry().stream()
          .map(entry -> (SearchParameter) entry.getResource())
          .toList();
    }
  }

  private static List<ResourceType> types(String base) {
    return base.equals("Resource") || base.equals("DomainResource")
        ? List.of(ResourceType.Patient, ResourceType.Observation)
        : List.of(ResourceType.fromCode(base));
  }

  @Test
  void no_two_parameters_share_a_number_in_the_index_tables() {
    var seen = new HashMap<Integer, Object>();
    for (var type : ResourceType.values()) {
      for (var parameter : SearchParameters.of(type).byName().values()) {
        assertThat(seen.put(parameter.code(), parameter)).as(parameter.toString()).isNull();
      }
    }
    assertThat(seen).hasSizeGreaterThan(2000);
  }

  @Test
  void the_main_date_of_the_hub_s_types_is_when_it_happened() {
    assertThat(
            Arrays.asList(
                    ResourceType.Observation,
                    ResourceType.DiagnosticReport,
                    ResourceType.Encounter,
                    ResourceType.ServiceRequest,
                    ResourceType.Specimen,
                    ResourceType.Provenance,
                    ResourceType.Patient)
                .stream()
                .map(type -> SearchParameters.of(type).main().orElseThrow().name()))
        .containsExactly("date", "date", "date", "authored", "collected", "recorded", "birthdate");
  }
}
