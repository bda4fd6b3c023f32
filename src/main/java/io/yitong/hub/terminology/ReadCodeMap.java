package io.yitong.hub.terminology;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * An institution's code map: CSV with the header {@code code,display,loinc,unit,property}, checked
 * as a whole before any of it is used.
 */
final class ReadCodeMap {
  private static final List<String> HEADER =
      List.of("code", "display", "loinc", "unit", "property");

  private final Units units;
  private final Properties properties;

  ReadCodeMap(Units units) {
    this.units = units;
    this.properties = new Properties(units);
  }

  /**
   * @throws HubException {@link ErrorCode#CODE_MAP_INVALID} with file, line and reason
   */
  CodeMap read(Path file) {
    var records = records(file);
    if (records.isEmpty() || !records.get(0).getFields().equals(HEADER)) {
      throw invalid(file, 1, "≠ " + String.join(",", HEADER));
    }
    var rows = new LinkedHashMap<String, CodeMap.Row>();
    for (var csv : records.subList(1, records.size())) {
      var row = row(file, csv);
      if (rows.put(row.code(), row) != null) {
        throw invalid(file, csv.getStartingLineNumber(), "code '" + row.code() + "' × 2");
      }
    }
    return new CodeMap(rows);
  }

  private static List<CsvRecord> records(Path file) {
    var records = new ArrayList<CsvRecord>();
    try {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      CsvReader.builder()
          .allowMissingFields(true)
          .allowExtraFields(true)
          .ofCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)
          .forEach(records::add);
      return records;
    } catch (CsvParseException e) {
      throw invalid(file, records.size() + 1L, "≠ CSV");
    } catch (CharacterCodingException e) {
      throw invalid(file, 1, "≠ UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CodeMap.Row row(Path file, CsvRecord csv) {
    var line = csv.getStartingLineNumber();
    if (csv.getFieldCount() != HEADER.size()) {
      throw invalid(file, line, csv.getFieldCount() + " ≠ " + HEADER.size() + " columns");
    }
    var code = csv.getField(0).strip();
    var loinc = csv.getField(2).strip();
    var written = csv.getField(3).strip();
    var property = csv.getField(4).strip();
    if (code.isEmpty()) {
      throw invalid(file, line, "code ∅");
    }
    if (!loinc.isEmpty() && !Loinc.valid(loinc)) {
      throw invalid(file, line, "LOINC '" + loinc + "': check digit");
    }
    var unit = written.isEmpty() ? Optional.<String>empty() : units.ucum(written);
    if (!written.isEmpty() && unit.isEmpty()) {
      throw invalid(file, line, "unit '" + written + "' ≠ UCUM");
    }
    var contradiction = properties.contradiction(property, unit);
    if (contradiction.isPresent()) {
      throw invalid(file, line, contradiction.get());
    }
    return new CodeMap.Row(code, csv.getField(1).strip(), optional(loinc), unit);
  }

  private static Optional<String> optional(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static HubException invalid(Path file, long line, String reason) {
    var name = file.getFileName().toString();
    return new HubException(
        ErrorCode.CODE_MAP_INVALID, name + ":" + line, name, String.valueOf(line), reason);
  }
}
