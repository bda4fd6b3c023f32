package io.yitong.hub.api.answer;

import io.yitong.hub.api.answer.Preferences.Return;
import io.yitong.hub.fhir.FhirJson;
import io.yitong.hub.fhir.Flaw;
import io.yitong.hub.fhir.Outcomes;
import io.yitong.hub.record.StoredResource;
import io.yitong.hub.record.write.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.OperationOutcome;

/**
 * What an interaction answers, before it is HTTP or an entry of a Bundle.
 *
 * @param body JSON, UTF-8; empty when there is none
 * @param location relative to the FHIR base, of a version
 * @param patientId whose data it was, when exactly one's; for the audit
 * @param tellsOutcome whether the body says how it went rather than what there is
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Answer(
    int status,
    Optional<byte[]> body,
    Optional<Integer> version,
    Optional<Instant> lastUpdated,
    Optional<String> location,
    Optional<String> patientId,
    boolean tellsOutcome) {

  public static Answer of(int status, byte[] body, Optional<String> patientId) {
    return new Answer(
        status,
        Optional.of(body),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        patientId,
        status >= 400);
  }

  public static Answer of(StoredResource resource, View view) {
    return new Answer(
        200,
        Optional.of(view.of(resource)),
        Optional.of(resource.version()),
        Optional.of(resource.lastUpdated()),
        Optional.empty(),
        resource.patient(),
        false);
  }

  public static Answer of(Written written, int status, Optional<StoredResource> resource) {
    return new Answer(
        status,
        resource.map(StoredResource::json),
        Optional.of(written.version()),
        Optional.of(written.lastUpdated()),
        Optional.of(written.key().reference() + "/_history/" + written.version()),
        resource.flatMap(StoredResource::patient),
        false);
  }

  /** Nothing but the status and what identifies the version. */
  public Answer withoutBody(int status) {
    return new Answer(status, Optional.empty(), version, lastUpdated, location, patientId, false);
  }

  /** What a write answers a client of that preference; without one, the resource. */
  public Answer as(Optional<Return> preferred) {
    return as(preferred, List.of());
  }

  /**
   * The same, when validation had something to say.
   *
   * @param flaws what validation found in what was written
   */
  public Answer as(Optional<Return> preferred, List<Flaw> flaws) {
    if (status >= 400) {
      return this;
    }
    return switch (preferred.orElse(Return.REPRESENTATION)) {
      case REPRESENTATION -> this;
      case MINIMAL -> withoutBody(status);
      case OPERATION_OUTCOME ->
          new Answer(
              status == 204 ? 200 : status,
              Optional.of(FhirJson.write(outcome(flaws))),
              version,
              lastUpdated,
              location,
              patientId,
              true);
    };
  }

  private OperationOutcome outcome(List<Flaw> flaws) {
    var outcome = Done.of(status).outcome(location.orElse(""));
    if (!flaws.isEmpty()) {
      outcome.getIssue().addAll(Outcomes.of(flaws).getIssue());
    }
    return outcome;
  }

  public Optional<String> tag() {
    return version.map(number -> "W/\"" + number + "\"");
  }
}
