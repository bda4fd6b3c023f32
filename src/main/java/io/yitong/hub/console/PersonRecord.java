package io.yitong.hub.console;

import io.yitong.hub.fhir.InstitutionId;
import io.yitong.hub.fhir.NamingSystems;
import io.yitong.hub.fhir.ReadFilter;
import io.yitong.hub.fhir.ResourceKey;
import io.yitong.hub.identity.PersonId;
import io.yitong.hub.identity.PersonLink;
import io.yitong.hub.identity.Persons;
import io.yitong.hub.record.ReadResource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.ResourceType;

/** A person by way of one institution's Patient, as far as the user may see. */
@ApplicationScoped
class PersonRecord {
  private static final String NUMBER_KIND = ":patient";

  private final ReadResource read;
  private final Persons persons;

  PersonRecord(ReadResource read, Persons persons) {
    this.read = read;
    this.persons = persons;
  }

  /**
   * @param patients the Patient asked for comes first, then those of the same person at other
   *     institutions
   * @param person empty when the Patient is tied to nobody else for certain
   */
  record Person(List<Patient> patients, Optional<PersonId> person) {
    Patient asked() {
      return patients.get(0);
    }
  }

  /** Empty when there is no such Patient or the user may not see it. */
  Optional<Person> of(String patientId, ReadFilter filter) {
    var asked =
        read.current(key(patientId), filter)
            .filter(stored -> !stored.deleted())
            .map(stored -> stored.as(Patient.class));
    return asked.map(patient -> spanning(patient, filter));
  }

  /** The institution whose Patient it is. */
  static Optional<InstitutionId> institution(Patient patient) {
    return numbers(patient).map(PersonRecord::owner).findFirst();
  }

  /** Identifiers that are an institution's own number. */
  static Stream<Identifier> numbers(Patient patient) {
    return patient.getIdentifier().stream()
        .filter(identifier -> identifier.hasSystem() && identifier.hasValue())
        .filter(identifier -> identifier.getSystem().endsWith(NUMBER_KIND));
  }

  static InstitutionId owner(Identifier number) {
    var system = number.getSystem();
    return new InstitutionId(system.substring(0, system.length() - NUMBER_KIND.length()));
  }

  static Optional<String> residentId(Patient patient) {
    return patient.getIdentifier().stream()
        .filter(identifier -> NamingSystems.RESIDENT_ID.equals(identifier.getSystem()))
        .map(Identifier::getValue)
        .findFirst();
  }

  private Person spanning(Patient asked, ReadFilter filter) {
    var id = asked.getIdPart();
    var person = persons.of(id).filter(PersonLink::certain).map(PersonLink::person);
    var others =
        person.stream()
            .flatMap(known -> persons.patientIdsOf(known).stream())
            .filter(other -> !other.equals(id))
            .map(PersonRecord::key)
            .toList();
    var seen =
        read.current(others, filter).values().stream()
            .filter(stored -> !stored.deleted())
            .map(stored -> stored.as(Patient.class))
            .sorted(Comparator.comparing(Patient::getIdPart));
    return new Person(Stream.concat(Stream.of(asked), seen).toList(), person);
  }

  private static ResourceKey key(String patientId) {
    return new ResourceKey(ResourceType.Patient, patientId);
  }
}
