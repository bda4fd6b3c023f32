package io.yitong.hub.access.audit;

import io.yitong.hub.fhir.Caller;
import io.yitong.hub.fhir.ErrorCode;
import java.util.Optional;

/**
 * One look or change, or the refusal of one. Carries no clinical content.
 *
 * @param action create, read, update, delete or execute (AuditEvent.action C R U D E)
 * @param interaction FHIR interaction or operation: read, search-type, $match, order-sign, message
 *     …
 * @param what the resource reference or type asked for
 * @param query the query string, empty when there is none
 * @param patientId FHIR id of the Patient concerned, when there is exactly one
 * @param refusal empty when it was done
 */
public record Access(
    Caller caller,
    char action,
    String interaction,
    String what,
    String query,
    Optional<String> patientId,
    Optional<ErrorCode> refusal) {}
