package io.yitong.hub.mapping.tabular;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Dialect;
import io.yitong.hub.mapping.Mapped;
import io.yitong.hub.mapping.Mapped.Refusal;
import io.yitong.hub.mapping.Mapped.Success;
import io.yitong.hub.mapping.PartialTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A laboratory's CSV file to FHIR: one row per result; header names in Chinese or English (table
 * {@code mapping/tabular/lab-csv-columns.csv}); comma, semicolon or tab between the columns.
 */
@ApplicationScoped
public class MapLabCsv {
  /** Name and version of the mapping; a change that gives other resources counts it on. */
  public static final String MAPPING = "lab-csv/1";

  /**
   * @param text decoded
   * @param messageUri identity of the file; becomes meta.source of every resource
   * @return one per report in the order of the file, or a single refusal when the file as a whole
   *     cannot be read; never an exception for what a file can contain
   */
  public List<Mapped> map(String text, Dialect dialect, String messageUri) {
    var withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<CsvRecord> records = new ArrayList<>();
    try {
      CsvReader.builder()
          .fieldSeparator(separator(withoutMark))
          .allowMissingFields(true)
          .allowExtraFields(true)
          .ofCsvRecord(withoutMark)
          .forEach(records::add);
    } catch (CsvParseException e) {
      var line = records.isEmpty() ? 1 : records.get(records.size() - 1).getStartingLineNumber();
      return List.of(
          Refusal.of(ErrorCode.CSV_ROW_INVALID, line + ":", String.valueOf(line), "*", "CSV"));
    }
    var columns = new LabCsvColumns(records.isEmpty() ? List.of() : records.get(0).getFields());
    var missing = columns.missing();
    if (missing.isPresent()) {
      return List.of(Refusal.of(ErrorCode.CSV_COLUMN_MISSING, missing.get(), missing.get()));
    }
    return map(columns, records.subList(1, records.size()), dialect, messageUri);
  }

  private static List<Mapped> map(
      LabCsvColumns columns, List<CsvRecord> records, Dialect dialect, String messageUri) {
    var reports = new LinkedHashMap<List<String>, List<LabCsvRow>>();
    var mapped = new ArrayList<Mapped>();
    for (var csv : records) {
      try {
        var row =
            new LabCsvRow(columns, csv.getStartingLineNumber(), csv.getFields(), dialect.zone());
        var key = List.of(row.required("patient_no"), row.required("report_no"));
        reports.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
      } catch (HubException e) {
        mapped.add(new Refusal(e.code(), e.where(), e.arguments()));
      }
    }
    for (var rows : reports.values()) {
      mapped.add(report(new LabReport(rows, dialect, messageUri), columns.unknown()));
    }
    return mapped;
  }

  /** A report with one row that cannot be read is refused whole: half a report misleads. */
  private static Mapped report(LabReport report, List<String> unmapped) {
    try {
      return new Success(
          report.bundle(),
          "CSV",
          report.released().map(PartialTime::instant),
          report.patientNumber(),
          unmapped);
    } catch (HubException e) {
      return new Refusal(e.code(), e.where(), e.arguments());
    }
  }

  private static char separator(String text) {
    var end = text.indexOf('\n');
    var header = end < 0 ? text : text.substring(0, end);
    if (header.indexOf('\t') >= 0) {
      return '\t';
    }
    return header.indexOf(';') >= 0 && header.indexOf(',') < 0 ? ';' : ',';
  }
}
