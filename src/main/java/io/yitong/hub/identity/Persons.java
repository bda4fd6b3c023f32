package io.yitong.hub.identity;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Who is who. */
@ApplicationScoped
public class Persons {
  /** The person an institution's Patient (by FHIR id) is linked to. */
  public Optional<PersonLink> of(String patientId) {
    throw new UnsupportedOperationException();
  }

  /** FHIR ids of every Patient linked to the person. */
  public List<String> patientIdsOf(PersonId person) {
    throw new UnsupportedOperationException();
  }

  /** What is known of the person by its certain identifiers; empty when the person is unknown. */
  public Optional<Demographics> demographics(PersonId person) {
    throw new UnsupportedOperationException();
  }
}
