package io.yitong.hub.mapping.tabular;

import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.HubException;
import io.yitong.hub.mapping.Genders;
import io.yitong.hub.mapping.PartialTime;
import io.yitong.hub.mapping.Table;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/**
 * One result. What cannot be read is refused with line and column.
 *
 * @param line in the file, from 1
 */
record LabCsvRow(LabCsvColumns columns, long line, List<String> cells, ZoneId zone) {
  private static final Table STATUSES = Table.load("/mapping/tabular/lab-csv-status.csv");

  /** A row with a cell too many or too few may have everything in the wrong column. */
  void refuseRagged() {
    if (cells.size() != columns.size()) {
      throw invalid("*", cells.size() + " ≠ " + columns.size());
    }
  }

  String text(String column) {
    return columns.cell(cells, column);
  }

  /**
   * @throws HubException {@link ErrorCode#CSV_ROW_INVALID} when it is empty
   */
  String required(String column) {
    var text = text(column);
    if (text.isEmpty()) {
      throw invalid(column, "∅");
    }
    return text;
  }

  Optional<PartialTime> time(String column) {
    var text = text(column);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var time = PartialTime.parse(text, zone);
    if (time.isEmpty()) {
      throw invalid(column, "'" + text + "' ≠ yyyy-MM-dd HH:mm:ss");
    }
    return time;
  }

  Optional<AdministrativeGender> gender() {
    var text = text("sex");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var gender = Genders.of(text);
    if (gender.isEmpty()) {
      throw invalid("sex", "'" + text + "' ≠ 男, 女, 1, 2, M, F");
    }
    return gender;
  }

  ObservationStatus status() {
    var text = text("status");
    return STATUSES
        .of(text.toUpperCase(Locale.ROOT))
        .map(ObservationStatus::fromCode)
        .orElseThrow(() -> invalid("status", "'" + text + "' ≠ F, P, C, X"));
  }

  HubException invalid(String column, String reason) {
    var header = columns.header(column);
    return new HubException(
        ErrorCode.CSV_ROW_INVALID, line + ":" + header, String.valueOf(line), header, reason);
  }
}
