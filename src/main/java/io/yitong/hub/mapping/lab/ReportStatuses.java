package io.yitong.hub.mapping.lab;

import java.util.Set;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/** The state of a report that does not say it itself: as far as the least of its results. */
public final class ReportStatuses {
  private ReportStatuses() {}

  public static DiagnosticReportStatus of(Set<ObservationStatus> results) {
    if (results.isEmpty() || results.contains(ObservationStatus.UNKNOWN)) {
      return DiagnosticReportStatus.UNKNOWN;
    }
    if (results.contains(ObservationStatus.REGISTERED)) {
      return results.size() == 1
          ? DiagnosticReportStatus.REGISTERED
          : DiagnosticReportStatus.PARTIAL;
    }
    if (results.contains(ObservationStatus.PRELIMINARY)) {
      return DiagnosticReportStatus.PRELIMINARY;
    }
    if (results.contains(ObservationStatus.CORRECTED)) {
      return DiagnosticReportStatus.CORRECTED;
    }
    if (results.contains(ObservationStatus.AMENDED)) {
      return DiagnosticReportStatus.AMENDED;
    }
    if (results.equals(Set.of(ObservationStatus.CANCELLED))) {
      return DiagnosticReportStatus.CANCELLED;
    }
    return results.equals(Set.of(ObservationStatus.ENTEREDINERROR))
        ? DiagnosticReportStatus.ENTEREDINERROR
        : DiagnosticReportStatus.FINAL;
  }
}
