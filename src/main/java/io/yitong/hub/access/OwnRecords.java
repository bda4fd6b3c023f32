package io.yitong.hub.access;

import java.util.Set;

/** What {@code access} must know of persons; {@code record} answers. */
public interface OwnRecords {
  /**
   * The Patients of all institutions that are the same person.
   *
   * @param patient FHIR id of one of them
   * @return with that one
   */
  Set<String> patientsOf(String patient);
}
