package io.yitong.hub.feed;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.yitong.hub.access.audit.Access;
import io.yitong.hub.access.audit.AuditTrail;
import io.yitong.hub.feed.ApplyMessage.Attempt;
import io.yitong.hub.feed.ReadMessage.Read;
import io.yitong.hub.feed.Sender.UnknownPatient;
import io.yitong.hub.fhir.ErrorCode;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.fhir.WriteContext;
import io.yitong.hub.mapping.Mapped;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.write.WriteResources;
import io.yitong.hub.record.write.Written;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * The one database transaction of a message: resources, audit row, journal state and
 * acknowledgement. Every method runs inside the caller's transaction.
 */
@ApplicationScoped
class WriteMapped {
  private static final Set<Written.Effect> NEW_VERSIONS =
      Set.of(Written.Effect.CREATED, Written.Effect.UPDATED, Written.Effect.DELETED);

  private final Journal journal;
  private final WriteResources record;
  private final ReadResource stored;
  private final AuditTrail audit;
  private final Clock clock;

  WriteMapped(
      Journal journal, WriteResources record, ReadResource stored, AuditTrail audit, Clock clock) {
    this.journal = journal;
    this.record = record;
    this.stored = stored;
    this.audit = audit;
    this.clock = clock;
  }

  Attempt write(Sender sender, JournalEntry entry, Read read, List<Mapped.Success> successes) {
    journal.holdOrder(entry.sender(), entry.orderKey());
    var now = journal.hold(entry.id());
    if (now.state() != entry.state()) {
      return new Attempt.Done(now.repeated());
    }
    if (!entry.isAnswered()) {
      var first = journal.firstUnfinished(entry.sender(), entry.orderKey());
      if (first.isPresent() && first.get().value() < entry.id().value()) {
        return new Attempt.Behind(first.get());
      }
    }
    patientNumbers(successes).forEach(number -> journal.holdPatient(sender, number));
    var present = present(successes);
    if (sender.unknownPatient() == UnknownPatient.QUARANTINE) {
      var unknown = successes.stream().filter(each -> isUnknown(each, present)).findFirst();
      if (unknown.isPresent()) {
        return new Attempt.Done(unknownPatient(sender, entry, read, unknown.get()));
      }
    }
    return new Attempt.Done(accept(sender, entry, read, successes, present));
  }

  /** Ends the message without applying it; from quarantine it stays there. */
  Outcome object(
      Sender sender, JournalEntry entry, Read read, Objection why, String patientNumber) {
    var answer = Answer.to(why);
    if (!answer.isFinal()) {
      return new Outcome.Busy(why.code(), ack(sender, entry, read, answer));
    }
    var state = entry.isAnswered() ? entry.state() : answer.state().orElseThrow();
    var ack = ack(sender, entry, read, answer);
    var end = Conclusion.objection(state, ack, why, patientNumber);
    if (!journal.conclude(entry.id(), entry.state(), end)) {
      return journal.hold(entry.id()).repeated();
    }
    audit.record(access(sender, entry, read, Optional.empty(), Optional.of(why.code())));
    return state == JournalState.REFUSED
        ? new Outcome.Refused(entry.id(), why.code(), why.where(), ack)
        : new Outcome.Quarantined(entry.id(), why.code(), why.where(), ack);
  }

  private Outcome accept(
      Sender sender,
      JournalEntry entry,
      Read read,
      List<Mapped.Success> successes,
      Set<ResourceKey> present) {
    var there = new HashSet<>(present);
    var versions = 0;
    for (var success : successes) {
      var context =
          new WriteContext(
              sender.caller(entry.correlation()),
              Optional.of(sender.id().institution()),
              success.asOf(),
              entry.digest().messageUri());
      var written = record.transaction(without(success.transaction(), there), context);
      written.forEach(each -> there.add(each.key()));
      versions += (int) written.stream().filter(w -> NEW_VERSIONS.contains(w.effect())).count();
    }
    var ack = ack(sender, entry, read, Answer.accepted());
    journal.conclude(entry.id(), entry.state(), accepted(ack, successes, versions));
    audit.record(access(sender, entry, read, onlyPatient(successes), Optional.empty()));
    return new Outcome.Accepted(entry.id(), versions, ack);
  }

  private static Conclusion accepted(Ack ack, List<Mapped.Success> successes, int versions) {
    return new Conclusion(
        JournalState.ACCEPTED,
        ack,
        Optional.empty(),
        successes.size() == 1 ? successes.get(0).patientNumber() : "",
        versions,
        successes.stream().flatMap(each -> each.unmapped().stream()).distinct().toList(),
        successes.stream().flatMap(each -> each.asOf().stream()).findFirst());
  }

  private Outcome unknownPatient(
      Sender sender, JournalEntry entry, Read read, Mapped.Success success) {
    var where = read instanceof Read.Hl7 ? "PID-3" : "";
    var why = Objection.of(ErrorCode.PATIENT_UNKNOWN, where, success.patientNumber());
    return object(sender, entry, read, why, success.patientNumber());
  }

  private Ack ack(Sender sender, JournalEntry entry, Read read, Answer answer) {
    if (read instanceof Read.Csv || entry.fileName().isPresent()) {
      return Ack.none();
    }
    var envelope = read.envelope();
    return new WriteAck(envelope.header(), envelope.answerIn(), sender.dialect().zone())
        .write(answer, "YT" + entry.id(), clock.instant());
  }

  /** Of the resources told in passing, those that are stored already. */
  private Set<ResourceKey> present(List<Mapped.Success> successes) {
    var passing =
        successes.stream()
            .flatMap(each -> each.transaction().getEntry().stream())
            .filter(WriteMapped::isInPassing)
            .map(each -> ResourceKey.of(each.getResource()))
            .collect(toSet());
    return passing.isEmpty()
        ? Set.of()
        : Set.copyOf(stored.current(passing, ReadFilter.everything()).keySet());
  }

  private static Bundle without(Bundle transaction, Set<ResourceKey> present) {
    var rest = new Bundle().setType(transaction.getType());
    transaction.getEntry().stream()
        .filter(each -> !isInPassing(each) || !present.contains(ResourceKey.of(each.getResource())))
        .forEach(rest::addEntry);
    return rest;
  }

  private static boolean isInPassing(BundleEntryComponent entry) {
    return "*".equals(entry.getRequest().getIfNoneMatch());
  }

  private static boolean isUnknown(Mapped.Success success, Set<ResourceKey> present) {
    return success.transaction().getEntry().stream()
        .filter(WriteMapped::isInPassing)
        .map(entry -> ResourceKey.of(entry.getResource()))
        .anyMatch(key -> key.type() == ResourceType.Patient && !present.contains(key));
  }

  private static Set<String> patientNumbers(List<Mapped.Success> successes) {
    return successes.stream()
        .map(Mapped.Success::patientNumber)
        .collect(toCollection(TreeSet::new));
  }

  private static Optional<String> onlyPatient(List<Mapped.Success> successes) {
    var patients =
        successes.stream()
            .flatMap(each -> each.transaction().getEntry().stream())
            .map(each -> ResourceKey.of(each.getResource()))
            .filter(key -> key.type() == ResourceType.Patient)
            .map(ResourceKey::id)
            .collect(toSet());
    return patients.size() == 1 ? patients.stream().findFirst() : Optional.empty();
  }

  private static Access access(
      Sender sender,
      JournalEntry entry,
      Read read,
      Optional<String> patient,
      Optional<ErrorCode> refusal) {
    return new Access(
        sender.caller(entry.correlation()),
        'E',
        "message",
        read.envelope().messageType(),
        "",
        patient,
        refusal);
  }
}
