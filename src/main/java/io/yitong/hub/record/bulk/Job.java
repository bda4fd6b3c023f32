package io.yitong.hub.record.bulk;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.HubException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Long work that a caller asked for and comes back to (FHIR Asynchronous Request Pattern).
 *
 * @param kind whose {@link JobWork} does it
 * @param caller under whose rights
 * @param request the address asked, for the manifest
 * @param instruction what is to be done, as JSON of the kind's own
 * @param transactionTime the moment whose state an export shows
 * @param done how many resources so far
 * @param total of how many, when that is known
 * @param place where the work goes on from, in the kind's own terms; empty at the start
 * @param failure why it failed
 */
public record Job(
    UUID id,
    String kind,
    State state,
    Caller caller,
    String request,
    String instruction,
    Instant created,
    Optional<Instant> transactionTime,
    Optional<Instant> expires,
    long done,
    OptionalLong total,
    String place,
    Optional<HubException> failure,
    int attempts) {

  public enum State {
    ACCEPTED,
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED
  }

  public boolean isOpen() {
    return state == State.ACCEPTED || state == State.RUNNING;
  }

  /** Whether {@code other} is who asked for it: the same client on behalf of the same. */
  public boolean isOf(Caller other) {
    return caller.client().equals(other.client())
        && caller.subject().equals(other.subject())
        && caller.institution().equals(other.institution());
  }

  /** How far it is, for X-Progress: at most 100 characters, no line breaks. */
  public String progress() {
    if (state == State.ACCEPTED) {
      return "waiting";
    }
    return total.isPresent()
        ? "%d of %d resources".formatted(done, total.getAsLong())
        : "%d resources".formatted(done);
  }
}
