package io.yitong.hub.identity;

import io.yitong.hub.fhir.ResourceKey;
import java.util.List;
import org.hl7.fhir.r4.model.Person;
import org.hl7.fhir.r4.model.Person.IdentityAssuranceLevel;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.ResourceType;

/** The FHIR Person: who belongs together and how surely; who they are stands in the Patients. */
final class GoldenPerson {
  private GoldenPerson() {}

  static Person of(PersonId id, List<Linked> links) {
    var person = new Person();
    person.setId(id.toString());
    person.setActive(!links.isEmpty());
    for (var link : links) {
      person
          .addLink()
          .setTarget(
              new Reference(new ResourceKey(ResourceType.Patient, link.patientId()).reference()))
          .setAssurance(
              link.certain() ? IdentityAssuranceLevel.LEVEL4 : IdentityAssuranceLevel.LEVEL1);
    }
    return person;
  }
}
