package io.yitong.hub.feed;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.CorrelationId;
import io.yitong.hub.fhir.Role;
import io.yitong.hub.fhir.Scopes;
import io.yitong.hub.mapping.Dialect;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * One feed as its institution's file describes it.
 *
 * @param principal as whom it acts; it can write this institution's data only
 * @param template id of the route template it comes in by
 * @param port where it is listened for, offset included; empty for folders
 * @param folder that is watched; empty for sockets
 * @param charset of messages that do not declare one (MSH-18)
 * @param silentAfter how long no message is no cause for worry
 * @param maxInFlight messages taken on at the same time; more are answered busy
 */
public record Sender(
    SenderId id,
    Dialect dialect,
    String principal,
    String template,
    OptionalInt port,
    Optional<Path> folder,
    Charset charset,
    UnknownPatient unknownPatient,
    Duration silentAfter,
    int maxInFlight) {

  /** What a result for a patient number nobody registered leads to. */
  public enum UnknownPatient {
    /** The message's own word on the patient is taken. */
    REGISTER,
    /** The message waits until the number is registered. */
    QUARANTINE
  }

  Caller caller(CorrelationId correlation) {
    return new Caller(
        principal,
        principal,
        Optional.of(id.institution()),
        Set.of(Role.HOSPITAL),
        Scopes.parse("system/*.cruds"),
        "TREAT",
        correlation);
  }
}
