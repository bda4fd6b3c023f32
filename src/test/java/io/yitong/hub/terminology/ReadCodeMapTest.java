package io.yitong.hub.terminology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadCodeMapTest {
  private static final String HEADER = "code,display,loinc,unit,property\n";
  private static final Units UNITS = new Units();
  private static final ReadCodeMap READER = new ReadCodeMap(UNITS);

  @TempDir Path folder;

  @Test
  void a_row_gives_loinc_and_unit_in_ucum() throws IOException {
    var map = READER.read(file(HEADER + "TBIL,总胆红素,14631-6,μmol/L,SCnc\n"));

    assertThat(map.of("TBIL"))
        .contains(new CodeMap.Row("TBIL", "总胆红素", Optional.of("14631-6"), Optional.of("umol/L")));
    assertThat(map.of("ALT")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "ALT,谷丙,1742-7,U/L,CCnc ! 2 ! LOINC '1742-7': check digit",
        "ALT,谷丙,1742-6,blobs,CCnc ! 2 ! unit 'blobs' ≠ UCUM",
        "TBIL,总胆红素,14631-6,mg/dL,SCnc ! 2 ! SCnc ≠ mg/dL (mol/L)",
        "ALT,谷丙,1742-6,,CCnc ! 2 ! CCnc ≠ ∅ (U/L)",
        ",谷丙,1742-6,U/L,CCnc ! 2 ! code ∅",
        "ALT,谷丙 ! 2 ! 2 ≠ 5 columns"
      })
  void a_wrong_row_is_refused_with_file_line_and_reason(String row, String line, String reason)
      throws IOException {
    var file = file(HEADER + row + "\n");

    assertThatThrownBy(() -> READER.read(file))
        .isInstanceOfSatisfying(
            HubException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.CODE_MAP_INVALID);
              assertThat(e.arguments()).containsExactly("a-codes.csv", line, reason);
            });
  }

  @Test
  void a_code_mapped_twice_is_refused() throws IOException {
    var file = file(HEADER + "ALT,谷丙,1742-6,U/L,CCnc\nAST,谷草,1920-8,U/L,CCnc\nALT,谷丙,,,\n");

    assertThatThrownBy(() -> READER.read(file)).hasMessageContaining("line 4");
  }

  @Test
  void a_file_in_another_encoding_or_without_the_header_is_refused() throws IOException {
    var gbk = folder.resolve("a-codes.csv");
    Files.write(gbk, (HEADER + "ALT,谷丙,1742-6,U/L,CCnc\n").getBytes(Charset.forName("GBK")));
    assertThatThrownBy(() -> READER.read(gbk)).hasMessageContaining("UTF-8");

    var headless = file("ALT,谷丙,1742-6,U/L,CCnc\n");
    assertThatThrownBy(() -> READER.read(headless)).hasMessageContaining("line 1");
  }

  /** Every LOINC code the demo's institutions map to is measured as the catalogue says. */
  @TestFactory
  Stream<DynamicTest> shipped_code_maps_agree_with_the_catalogue() throws IOException {
    var catalogue = catalogue();
    try (var files = Files.list(Path.of("camel-routes/institutions"))) {
      return files
          .filter(file -> file.toString().endsWith("-codes.csv"))
          .sorted()
          .map(
              file ->
                  DynamicTest.dynamicTest(
                      file.getFileName().toString(), () -> check(file, catalogue)))
          .toList()
          .stream();
    }
  }

  private static void check(Path file, Map<String, String> catalogue) {
    for (var row : READER.read(file).rows().values()) {
      var expected = row.loinc().map(catalogue::get);
      if (expected.isPresent() && !expected.get().isEmpty()) {
        assertThat(UNITS.sameKind(row.unit().orElse(""), expected.get()))
            .as("%s: %s and %s", row.code(), row.unit(), expected.get())
            .isTrue();
      }
    }
  }

  private static Map<String, String> catalogue() throws IOException {
    var units = new HashMap<String, String>();
    CsvReader.builder()
        .ofNamedCsvRecord(Path.of("src/main/resources/rules/recognition/recognition-items.csv"))
        .forEach(row -> units.put(row.getField("loinc"), row.getField("ucum")));
    return units;
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("a-codes.csv"), text);
  }
}
