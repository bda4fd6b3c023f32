package io.yitong.hub.access.audit;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * One look or change, or the refusal of one. Carries no clinical content.
 *
 * @param action create, read, update, delete or execute (AuditEvent.action C R U D E)
 * @param interaction FHIR interaction or operation: read, search-type, $match, order-sign, message
 *     …
 * @param what the resource reference or type asked for
 * @param query the query string, empty when there is none; what may name a person in it is masked
 *     on record
 * @param patients FHIR ids of the Patients concerned; more than {@link #MOST_PATIENTS} are not
 *     named
 * @param refusal empty when it was done
 */
public record Access(
    Caller caller,
    char action,
    String interaction,
    String what,
    String query,
    List<String> patients,
    Optional<ErrorCode> refusal) {
  /** A page of a search has no more, as a rule; whoever is given more is given a whole register. */
  public static final int MOST_PATIENTS = 100;

  public Access {
    patients = patients.size() > MOST_PATIENTS ? List.of() : List.copyOf(patients);
  }

  /** Of one patient's data, or of nobody's. */
  public Access(
      Caller caller,
      char action,
      String interaction,
      String what,
      String query,
      Optional<String> patientId,
      Optional<ErrorCode> refusal) {
    this(
        caller,
        action,
        interaction,
        what,
        query,
        patientId.map(List::of).orElse(List.of()),
        refusal);
  }
}
