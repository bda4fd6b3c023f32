package io.yitong.hub.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.testing.FhirPackage;
import io.yitong.hub.testing.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.ValueSet;
import org.junit.jupiter.api.Test;

/** What the package publishes is what the hub works by. */
class CodesTest {
  private static final Path RULES = Path.of("src/main/resources/rules/recognition");
  private static final Object[] PLACEHOLDERS = {"{0}", "{1}", "{2}"};

  @Test
  void error_codes_are_those_of_the_error_table() throws IOException {
    var table =
        Arrays.stream(ErrorCode.values())
            .map(
                code ->
                    new Code(code.code(), code.chinese(PLACEHOLDERS), code.english(PLACEHOLDERS)))
            .toList();
    var generated = generate("error-code", table);

    assertThat(published("error-code"))
        .as("cp %s %s", generated, FhirPackage.FOLDER)
        .containsExactlyElementsOf(table);
  }

  @Test
  void charge_items_are_those_of_the_rules() throws IOException {
    assertThat(published("charge-item"))
        .containsExactlyElementsOf(rules("charge-items.csv", code("code", "name_zh", "name_en")));
  }

  @Test
  void repeat_grounds_are_those_of_the_rules() throws IOException {
    assertThat(published("repeat-ground"))
        .containsExactlyElementsOf(rules("statutory-exceptions.csv", code("code", "zh", "en")));
  }

  @Test
  void recognition_marks_are_those_of_the_rules() throws IOException {
    assertThat(published("recognition-mark"))
        .containsExactlyElementsOf(rules("scopes.csv", code("code", "mark_zh", "mark_en")));
  }

  @Test
  void roles_are_those_a_caller_can_have() {
    assertThat(published("role"))
        .extracting(Code::code)
        .containsExactlyElementsOf(Arrays.stream(Role.values()).map(Role::code).toList());
  }

  @Test
  void figures_are_those_of_the_measure() throws IOException {
    var measure =
        FhirJson.parse(
            Files.readAllBytes(
                Path.of("src/main/resources/rules/oversight/mutual-recognition.json")),
            Measure.class);

    assertThat(published("recognition-measure"))
        .extracting(Code::code)
        .containsExactlyElementsOf(
            measure.getGroup().stream()
                .map(group -> group.getCode().getCodingFirstRep().getCode())
                .toList());
    assertThat(ProfileValidator.shared().errors(measure)).isEmpty();
  }

  @Test
  void every_code_system_has_the_value_set_of_all_its_codes() {
    var sets =
        FhirPackage.artefacts().values().stream()
            .filter(ValueSet.class::isInstance)
            .map(ValueSet.class::cast)
            .toList();
    assertThat(
            FhirPackage.artefacts().values().stream()
                .filter(CodeSystem.class::isInstance)
                .map(CodeSystem.class::cast))
        .allSatisfy(
            codes ->
                assertThat(sets)
                    .anySatisfy(
                        set -> {
                          assertThat(set.getUrl()).isEqualTo(codes.getValueSet());
                          assertThat(set.getCompose().getIncludeFirstRep().getSystem())
                              .isEqualTo(codes.getUrl());
                        }));
  }

  private record Code(String code, String chinese, String english) {}

  private static Function<NamedCsvRecord, Code> code(String code, String chinese, String english) {
    return row -> new Code(row.getField(code), row.getField(chinese), row.getField(english));
  }

  private static List<Code> rules(String file, Function<NamedCsvRecord, Code> code)
      throws IOException {
    try (var rows = CsvReader.builder().ofNamedCsvRecord(RULES.resolve(file))) {
      return rows.stream().map(code).toList();
    }
  }

  /** The code system as it would have to be, ready to be copied. */
  private static Path generate(String id, List<Code> table) throws IOException {
    var codes = codeSystem(id).copy();
    codes.setCount(table.size());
    codes.setConcept(null);
    for (var code : table) {
      codes
          .addConcept()
          .setCode(code.code())
          .setDisplay(code.english())
          .addDesignation()
          .setLanguage("zh-CN")
          .setValue(code.chinese());
    }
    var file = Path.of("target/generated", "CodeSystem-" + id + ".json");
    Files.createDirectories(file.getParent());
    var json = FhirJson.context().newJsonParser().setPrettyPrint(true);
    return Files.writeString(file, json.encodeResourceToString(codes) + "\n");
  }

  private static CodeSystem codeSystem(String id) {
    return (CodeSystem) FhirPackage.artefacts().get("CodeSystem-" + id + ".json");
  }

  private static List<Code> published(String id) {
    var codes = codeSystem(id);
    assertThat(codes.getCount()).isEqualTo(codes.getConcept().size());
    return codes.getConcept().stream()
        .map(
            concept ->
                new Code(
                    concept.getCode(),
                    concept.getDesignationFirstRep().getValue(),
                    concept.getDisplay()))
        .toList();
  }
}
