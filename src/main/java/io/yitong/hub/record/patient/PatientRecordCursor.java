package io.yitong.hub.record.patient;

import java.util.Optional;

/**
 * Where a page of a patient's record ended. It opens nothing: every page is read under the reader's
 * own filter.
 *
 * @param place 0 for the Patient itself, else the number of the type
 * @param rid the row, which keeps its number however often the resource changes
 */
public record PatientRecordCursor(int place, long rid) {
  public String write() {
    return Integer.toString(place, 36) + "-" + Long.toString(rid, 36);
  }

  /** Empty when it is none of ours. */
  public static Optional<PatientRecordCursor> read(String text) {
    var dash = text.indexOf('-');
    if (dash < 1) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new PatientRecordCursor(
              Integer.parseInt(text.substring(0, dash), 36),
              Long.parseLong(text.substring(dash + 1), 36)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
