package io.yitong.hub.oversight;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.InstitutionId;
import java.util.Date;
import java.util.Optional;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.Period;

/** Something the hub measures of itself. It is kept in the record as a Measure. */
interface HubMeasure {
  /** As rules/oversight defines it. */
  Measure definition();

  /**
   * @param institution whose figures are asked for; empty for those of the region
   */
  boolean mayAsk(Caller caller, Optional<InstitutionId> institution);

  /** Whether it can be asked for one institution. */
  boolean ofInstitutions();

  MeasureReport report(MeasurePeriod period, Optional<InstitutionId> institution, Date at);

  default String id() {
    return definition().getIdElement().getIdPart();
  }

  /** A report of this measure, without its figures. */
  default MeasureReport started(MeasurePeriod period, Date at) {
    var report = new MeasureReport();
    report.setStatus(MeasureReportStatus.COMPLETE);
    report.setType(MeasureReportType.SUMMARY);
    report.setMeasure(definition().getUrl() + "|" + definition().getVersion());
    report.setDate(at);
    report.setPeriod(
        new Period()
            .setStart(Date.from(period.from()))
            .setEnd(Date.from(period.until().minusSeconds(1))));
    return report;
  }
}
