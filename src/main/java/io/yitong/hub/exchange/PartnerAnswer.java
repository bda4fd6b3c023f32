package io.yitong.hub.exchange;

import io.yitong.hub.fhir.ErrorCode;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/** What came of asking one partner about one person. */
public sealed interface PartnerAnswer {
  Partner partner();

  /**
   * @param resources Observation, DiagnosticReport, Specimen, Organization, Provenance as the
   *     partner gave them, each with its absolute URL in meta.source
   */
  record Answered(Partner partner, Instant at, List<Resource> resources) implements PartnerAnswer {
    public Answered {
      resources = List.copyOf(resources);
    }
  }

  /** The partner knows nobody certain to be this person. */
  record NobodyFound(Partner partner, Instant at) implements PartnerAnswer {}

  record Late(Partner partner) implements PartnerAnswer {}

  record Refused(Partner partner, ErrorCode code, String detail) implements PartnerAnswer {}
}
