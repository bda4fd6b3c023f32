package io.yitong.hub.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptParametersTest {
  private static final String MANIFEST = "/rules/access/manifest.csv";

  @Test
  void each_stands_once_with_what_it_holds() {
    var rows = rows(KeptParameters.FILE);

    assertThat(rows).extracting(row -> row.getField("parameter")).doesNotHaveDuplicates();
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(
            row -> {
              assertThat(row.getFieldCount()).isEqualTo(2);
              assertThat(row.getField("parameter")).matches("_?[a-zA-Z]+(-[a-z]+)*");
              assertThat(row.getField("holds"))
                  .isIn("control", "code", "date", "number", "reference");
              assertThat(KeptParameters.contain(row.getField("parameter"))).isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient", "Person", "RelatedPerson", "Practitioner"})
  void none_of_them_searches_the_words_of_a_person(String type) {
    assertThat(FhirContext.forR4Cached().getResourceDefinition(type).getSearchParams())
        .filteredOn(each -> each.getParamType() == RestSearchParameterTypeEnum.STRING)
        .extracting(RuntimeSearchParam::getName)
        .isNotEmpty()
        .noneMatch(KeptParameters::contain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identifier",
        "telecom",
        "phone",
        "email",
        "birthdate",
        "_text",
        "_content",
        "_filter",
        ""
      })
  void nor_holds_what_singles_a_person_out(String name) {
    assertThat(KeptParameters.contain(name)).isFalse();
  }

  @Test
  void the_manifest_names_every_file_and_who_answers_for_it() throws IOException {
    var manifest = rows(MANIFEST);

    try (var files = Files.list(Path.of("src/main/resources/rules/access"))) {
      assertThat(manifest)
          .extracting(row -> row.getField("file"))
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !MANIFEST.endsWith(name))
                  .toList());
    }
    assertThat(manifest)
        .allSatisfy(
            row ->
                assertThat(Stream.of("id", "version", "owner", "source").map(row::getField))
                    .noneMatch(String::isBlank));
  }

  private static List<NamedCsvRecord> rows(String file) {
    var in = Objects.requireNonNull(KeptParametersTest.class.getResourceAsStream(file), file);
    try (var rows =
        CsvReader.builder().ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return rows.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
