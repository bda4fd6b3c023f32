package io.yitong.hub.exchange;

import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.identity.PersonLink;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.ReadResource;
import io.yitong.hub.record.change.Change;
import io.yitong.hub.record.change.ChangeConsumer;
import io.yitong.hub.record.write.Written;
import io.yitong.hub.record.write.Written.Effect;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.ResourceType;

/**
 * A visit begins: what partners hold of the person will be wanted within minutes. Notes it in the
 * change feed's own transaction, so that it is asked for at least once; the asking itself is {@link
 * Prefetch}'s.
 */
@ApplicationScoped
class PrefetchOnAdmission implements ChangeConsumer {
  private static final Set<Effect> NEW = Set.of(Effect.CREATED, Effect.UPDATED);
  private static final Set<EncounterStatus> UNDER_WAY =
      Set.of(EncounterStatus.ARRIVED, EncounterStatus.TRIAGED, EncounterStatus.INPROGRESS);

  private final ReadResource read;
  private final Persons persons;
  private final PrefetchQueue queue;

  PrefetchOnAdmission(ReadResource read, Persons persons, PrefetchQueue queue) {
    this.read = read;
    this.persons = persons;
    this.queue = queue;
  }

  @Override
  public String name() {
    return "exchange-prefetch";
  }

  @Override
  public void apply(Change change) {
    var encounters =
        change.written().stream()
            .filter(written -> written.key().type() == ResourceType.Encounter)
            .filter(written -> NEW.contains(written.effect()))
            .map(Written::key)
            .collect(Collectors.toUnmodifiableSet());
    if (encounters.isEmpty()) {
      return;
    }
    read.current(encounters, ReadFilter.everything()).values().stream()
        .filter(stored -> !stored.deleted())
        .map(stored -> stored.as(Encounter.class))
        .filter(encounter -> UNDER_WAY.contains(encounter.getStatus()))
        .map(this::person)
        .flatMap(Optional::stream)
        .forEach(person -> queue.add(person, change.correlation()));
  }

  private Optional<PersonId> person(Encounter encounter) {
    return ResourceKey.ofReference(encounter.getSubject().getReference())
        .filter(subject -> subject.type() == ResourceType.Patient)
        .flatMap(subject -> persons.of(subject.id()))
        .filter(PersonLink::certain)
        .map(PersonLink::person);
  }
}
