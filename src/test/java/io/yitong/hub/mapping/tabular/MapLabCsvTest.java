package io.yitong.hub.mapping.tabular;

import static org.assertj.core.api.Assertions.assertThat;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.mapping.Dialects;
import io.yitong.hub.mapping.Mapped;
import io.yitong.hub.mapping.Mapped.Refusal;
import io.yitong.hub.mapping.Mapped.Success;
import java.util.List;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapLabCsvTest {
  private static final String HEADER =
      "patient_no,name,sex,report_no,collected,reported,item_code,value,unit,status";
  private static final String ROW = "P1,王瑋,男,R1,2026-03-01 08:00,2026-03-01 10:00,ALT,41,U/L,F";

  @Test
  void english_and_chinese_headers_in_any_order_are_understood() {
    var chinese = HEADER.replace("patient_no", "患者号").replace("value", "结果").replace("unit", "单位");

    assertThat(map(chinese, ROW)).hasOnlyElementsOfType(Success.class);
    assertThat(
            map(
                "unit,value,item_code,reported,collected,report_no,name,patient_no",
                "U/L,41,ALT,20260301,20260301,R1,王瑋,P1"))
        .hasOnlyElementsOfType(Success.class);
  }

  @Test
  void tabs_and_semicolons_part_columns_too_and_a_byte_order_mark_is_passed_over() {
    assertThat(map(HEADER.replace(',', '\t'), ROW.replace(',', '\t')))
        .hasOnlyElementsOfType(Success.class);
    assertThat(map("\uFEFF" + HEADER.replace(',', ';'), ROW.replace(',', ';')))
        .hasOnlyElementsOfType(Success.class);
  }

  @ParameterizedTest
  @CsvSource({
    "patient_no, 患者号 / patient_no",
    "report_no, 报告单号 / report_no",
    "value, 结果 / value",
    "unit, 单位 / unit",
    "collected, 采集时间 / collected"
  })
  void a_missing_column_is_named(String column, String named) {
    var mapped = map(HEADER.replace(column, "other"), ROW);

    assertThat(mapped).containsExactly(Refusal.of(ErrorCode.CSV_COLUMN_MISSING, named, named));
  }

  @Test
  void an_empty_file_lacks_its_first_column() {
    assertThat(map(""))
        .first()
        .extracting(m -> ((Refusal) m).code())
        .isEqualTo(ErrorCode.CSV_COLUMN_MISSING);
  }

  @Test
  void a_bad_cell_is_refused_with_line_and_column_and_the_other_reports_are_not() {
    var mapped = map(HEADER, ROW, ROW.replace("R1", "R2").replace("2026-03-01 08:00", "昨天"));

    assertThat(mapped).hasSize(2);
    assertThat(mapped.get(0)).isInstanceOf(Success.class);
    assertThat(mapped.get(1))
        .isEqualTo(
            Refusal.of(
                ErrorCode.CSV_ROW_INVALID,
                "3:collected",
                "3",
                "collected",
                "'昨天' ≠ yyyy-MM-dd HH:mm:ss"));
  }

  @Test
  void one_bad_row_refuses_its_whole_report() {
    var mapped = map(HEADER, ROW, ROW.replace("41", ""));

    assertThat(mapped)
        .containsExactly(Refusal.of(ErrorCode.CSV_ROW_INVALID, "3:value", "3", "value", "∅"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P1,王瑋,男,R1,2026-03-01",
        "P1,王瑋,男,R1,2026-03-01 08:00,2026-03-01 10:00,ALT,41,U/L,F,extra"
      })
  void a_row_with_too_few_or_too_many_cells_refuses_its_report(String row) {
    var mapped = map(HEADER, ROW, row, ROW.replace("R1", "R2"));

    assertThat(mapped).hasSize(2);
    assertThat(mapped.get(0))
        .extracting(m -> ((Refusal) m).code())
        .isEqualTo(ErrorCode.CSV_ROW_INVALID);
    assertThat(mapped.get(1)).isInstanceOf(Success.class);
  }

  @Test
  void what_is_no_csv_is_refused_as_a_whole() {
    assertThat(map(HEADER, ROW, "\"P1\"x,王瑋"))
        .singleElement()
        .extracting(m -> ((Refusal) m).code())
        .isEqualTo(ErrorCode.CSV_ROW_INVALID);
  }

  @Test
  void a_row_without_a_patient_belongs_to_no_report() {
    assertThat(map(HEADER, ROW.replaceFirst("P1", "")))
        .containsExactly(
            Refusal.of(ErrorCode.CSV_ROW_INVALID, "2:patient_no", "2", "patient_no", "∅"));
  }

  @Test
  void rows_of_one_report_are_one_transaction() {
    var mapped = map(HEADER, ROW, ROW.replace("ALT", "AST"), ROW.replace("R1", "R2"));

    assertThat(mapped).hasSize(2);
    assertThat(all(mapped.get(0), Observation.class)).hasSize(2);
    assertThat(all(mapped.get(0), DiagnosticReport.class)).hasSize(1);
    assertThat(((Success) mapped.get(0)).patientNumber()).isEqualTo("P1");
  }

  @Test
  void the_same_item_twice_is_two_results() {
    var mapped = map(HEADER, ROW, ROW.replace("41", "44"));

    assertThat(all(mapped.get(0), Observation.class))
        .extracting(Observation::getIdPart)
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "F, final",
    "已审核, final",
    "'', final",
    "初步, preliminary",
    "更正, corrected",
    "x, cancelled"
  })
  void the_state_is_understood_in_words_and_letters(String written, String status) {
    var mapped = map(HEADER, ROW.substring(0, ROW.length() - 1) + written);

    assertThat(all(mapped.get(0), Observation.class).get(0).getStatus().toCode()).isEqualTo(status);
    assertThat(all(mapped.get(0), DiagnosticReport.class).get(0).getStatus().toCode())
        .isEqualTo(status);
  }

  private static List<Mapped> map(String... lines) {
    return new MapLabCsv().map(String.join("\n", lines), Dialects.TOWNSHIP, "urn:uuid:1");
  }

  private static <T extends Resource> List<T> all(Mapped mapped, Class<T> type) {
    return ((Success) mapped)
        .transaction().getEntry().stream()
            .map(entry -> entry.getResource())
            .filter(type::isInstance)
            .map(type::cast)
            .toList();
  }
}
