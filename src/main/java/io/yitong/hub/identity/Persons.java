package io.yitong.hub.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is who. */
@ApplicationScoped
public class Persons {
  private final LinkLedger ledger;

  Persons(LinkLedger ledger) {
    this.ledger = ledger;
  }

  /** The person an institution's Patient (by FHIR id) is linked to. */
  public Optional<PersonLink> of(String patientId) {
    return ledger.ofPatients(Set.of(patientId)).stream()
        .filter(link -> link.patientId().equals(patientId))
        .map(link -> new PersonLink(new PersonId(link.person()), link.certain()))
        .findFirst();
  }

  /** FHIR ids of every Patient linked to the person. */
  public List<String> patientIdsOf(PersonId person) {
    return ledger.ofPersons(Set.of(person.value())).stream().map(Linked::patientId).toList();
  }

  /**
   * What is known of the person: the resident ID when the hub holds one, name, gender and birth
   * date as the Patient with the surest and latest word has them; empty when the person is unknown.
   */
  public Optional<Demographics> demographics(PersonId person) {
    var surest =
        Comparator.comparing(Linked::certain)
            .thenComparing(link -> link.mergedInto().isEmpty())
            .thenComparing(link -> link.asOf().orElse(Instant.EPOCH));
    return ledger.ofPersons(Set.of(person.value())).stream()
        .max(surest)
        .map(
            link ->
                new Demographics(
                    link.certain() ? ledger.residentIdOf(person.value()) : Optional.empty(),
                    link.name().text(),
                    link.gender(),
                    link.birthDate()));
  }
}
