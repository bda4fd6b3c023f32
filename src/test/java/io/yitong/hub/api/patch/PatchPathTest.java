package io.yitong.hub.api.patch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatchPathTest {
  private static final Spot OBSERVATION =
      Spot.of(
          (ObjectNode)
              PatchTree.read(
                  """
                  {"resourceType":"Observation","status":"final","_status":{"extension":[{"url":"urn:x","valueString":"why"}]},
                   "code":{"coding":[{"system":"a","code":"1"},{"system":"b","code":"2","userSelected":true}],"text":"it's"},
                   "component":[{"code":{"text":"one"},"valueString":"x"},{"code":{"text":"two"},"valueQuantity":{"value":2.50}}],
                   "note":[{"text":"first"},{"text":"second"},{"text":"third"}],
                   "valueQuantity":{"value":32.0,"unit":"U/L"}}"""
                      .getBytes(StandardCharsets.UTF_8)));

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "Observation.status; final",
        "status; final",
        "Observation.code.coding[1].code; 2",
        "Observation.code.coding.where(system='b').code; 2",
        "Observation.code.coding.where(system = 'b' and code = '2').code; 2",
        "Observation.code.coding.where(system='x' or userSelected=true).code; 2",
        "Observation.code.coding.where(userSelected.exists()).code; 2",
        "Observation.code.coding.where(userSelected.empty()).code; 1",
        "Observation.code.coding.where(system != 'a').code; 2",
        "Observation.code.where(text='it\\'s').coding.first().code; 1",
        "Observation.component.where(code.text='two').value.value; 2.50",
        "Observation.component.value.ofType(string); x",
        "(Observation.value as Quantity).unit; U/L",
        "Observation.value.as(Quantity).unit; U/L",
        "Observation.note.last().text; third",
        "Observation.note.text[1]; second",
        "Observation.status.extension('urn:x').value; why",
        "Observation.code.coding.where($this.system='a').code; 1",
      })
  void a_path_finds_its_element(String path, String expected) {
    assertThat(ParsePatchPath.parse(path).orElseThrow().select(OBSERVATION))
        .extracting(spot -> spot.value().asText())
        .containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "Observation.",
        "Observation.code.coding[",
        "Observation.code.coding[x]",
        "Observation.code.coding.where(system='b'",
        "Observation.code.coding.where(system~'b')",
        "Observation.subject.resolve()",
        "Observation.code.exists()",
        "Observation.status | Observation.code",
        "Observation.value + 1",
        "Observation.code.coding.select(code)",
        "%resource.status",
      })
  void more_of_fhirpath_than_is_understood_is_no_path(String path) {
    assertThat(ParsePatchPath.parse(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Observation.colour",
        "Patient.name",
        "Observation.note[3]",
        "Observation.value.ofType(string)"
      })
  void a_path_to_nothing_finds_nothing(String path) {
    assertThat(ParsePatchPath.parse(path).orElseThrow().select(OBSERVATION)).isEmpty();
  }
}
