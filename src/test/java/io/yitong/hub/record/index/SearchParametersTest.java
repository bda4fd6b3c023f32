package io.yitong.hub.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

class SearchParametersTest {
  /** Composites, one special and one path of two filters: refused as unknown, never ignored. */
  @Test
  void every_parameter_of_the_specification_is_offered_but_these() {
    var refused = new TreeSet<String>();
    for (var type : ResourceType.values()) {
      for (var name : SearchParameters.of(type).refused()) {
        if (!name.startsWith("context-type-")) {
          refused.add(type + "." + name);
        }
      }
    }

    assertThat(refused)
        .containsExactly(
            "DocumentReference.relationship",
            "Group.characteristic-value",
            "Location.near",
            "MolecularSequence.chromosome-variant-coordinate",
            "MolecularSequence.chromosome-window-coordinate",
            "MolecularSequence.referenceseqid-variant-coordinate",
            "MolecularSequence.referenceseqid-window-coordinate",
            "Observation.code-value-concept",
            "Observation.code-value-date",
            "Observation.code-value-quantity",
            "Observation.code-value-string",
            "Observation.combo-code-value-concept",
            "Observation.combo-code-value-quantity",
            "Observation.component-code-value-concept",
            "Observation.component-code-value-quantity");
  }

  @Test
  void no_two_parameters_share_a_number_in_the_index_tables() {
    var seen = new HashMap<Integer, SearchParameter>();
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
