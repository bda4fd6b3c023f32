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
 * @param done what an OperationOutcome says was written, a version or how many of what
 * @param location relative to the FHIR base, of a version
 * @param patients whose data it was, as far as known; for the audit
 * @param tellsOutcome whether the body says how it went rather than what there is
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Answer(
    int status,
    Optional<byte[]> body,
    Optional<Integer> version,
    Optional<Instant> lastUpdated,
    String done,
    Optional<String> location,
    List<String> patients,
    boolean tellsOutcome) {
  public Answer {
    patients = List.copyOf(patients);
  }

  public static Answer of(int status, byte[] body, Optional<String> patientId) {
    return of(status, body, patientId.stream().toList());
  }

  public static Answer of(int status, byte[] body, List<String> patients) {
    return new Answer(
        status,
        Optional.of(body),
        Optional.empty(),
        Optional.empty(),
        "",
        Optional.empty(),
        patients,
        status >= 400);
  }

  public static Answer of(StoredResource resource, View view) {
    return new Answer(
        200,
        Optional.of(view.of(resource)),
        Optional.of(resource.version()),
        Optional.of(resource.lastUpdated()),
        "",
        Optional.empty(),
        resource.patient().stream().toList(),
        false);
  }

  /** Of a version that was written, or is current. */
  public static Answer of(Written written, int status, StoredResource resource) {
    var version = version(written);
    return new Answer(
        status,
        Optional.of(resource.json()),
        Optional.of(written.version()),
        Optional.of(written.lastUpdated()),
        version,
        Optional.of(version),
        resource.patient().stream().toList(),
        false);
  }

  /** Of a deletion. Several that met a criterion have no version in common, and none has none. */
  public static Answer deleted(Written written) {
    var removed = written.removed();
    var patients = removed.stream().flatMap(one -> one.patient().stream()).distinct().toList();
    if (removed.size() > 1 || written.version() == 0) {
      var done = removed.size() + " × " + written.key().type();
      return new Answer(
          204,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          done,
          Optional.empty(),
          patients,
          false);
    }
    var version = version(written);
    return new Answer(
        204,
        Optional.empty(),
        Optional.of(written.version()),
        Optional.of(written.lastUpdated()),
        version,
        Optional.of(version),
        patients,
        false);
  }

  private static String version(Written written) {
    return written.key().reference() + "/_history/" + written.version();
  }

  public Answer about(Optional<String> patient) {
    return new Answer(
        status,
        body,
        version,
        lastUpdated,
        done,
        location,
        patient.stream().toList(),
        tellsOutcome);
  }

  /**
   * @param stored where the body is stored, relative to the FHIR base
   */
  public Answer at(Optional<String> stored) {
    return new Answer(status, body, version, lastUpdated, done, stored, patients, tellsOutcome);
  }

  /** Nothing but the status and what identifies the version. */
  public Answer withoutBody(int status) {
    return new Answer(
        status, Optional.empty(), version, lastUpdated, done, location, patients, false);
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
              done,
              location,
              patients,
              true);
    };
  }

  private OperationOutcome outcome(List<Flaw> flaws) {
    var outcome = Done.of(status).outcome(done);
    if (!flaws.isEmpty()) {
      outcome.getIssue().addAll(Outcomes.of(flaws).getIssue());
    }
    return outcome;
  }

  public Optional<String> tag() {
    return version.map(number -> "W/\"" + number + "\"");
  }
}
